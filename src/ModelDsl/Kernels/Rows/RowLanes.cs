using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>A <see cref="RowScaling"/> in all lanes.</summary>
internal readonly unsafe struct RowLanes
{
    private readonly Vector<float> _centre;
    private readonly Vector<float> _scale;
    private readonly Vector<float> _offset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RowLanes(in RowScaling scaling)
    {
        _centre = new(scaling.Centre);
        _scale = new(scaling.Scale);
        _offset = new(scaling.Offset);
    }

    /// <summary>The normalized value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Normalize<TNorm>(Vector<float> value)
        where TNorm : IRowNorm =>
        TNorm.Centres ? Vector.FusedMultiplyAdd(value - _centre, _scale, _offset) : value * _scale;

    /// <summary>The normalized value with weight and, where the norm centres, bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Affine<TNorm>(Vector<float> value, float* weight, float* bias)
        where TNorm : IRowNorm => TNorm.Centres
            ? Vector.FusedMultiplyAdd(Normalize<TNorm>(value), Vector.Load(weight), Vector.Load(bias))
            : Normalize<TNorm>(value) * Vector.Load(weight);
}

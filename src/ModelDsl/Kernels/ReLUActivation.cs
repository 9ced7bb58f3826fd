using System.Numerics;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// max(x, 0). As in libtorch, NaN stays NaN and passes its gradient on. The gradient can be had from the output as well as from
/// the input: both are above 0 at the same places.
/// </summary>
internal readonly struct ReLUActivation : IFusedActivation
{
    public static bool IsIdentity => false;

    public static Vector<float> Apply(Vector<float> value) =>
        Vector.AndNot(value, Vector.LessThanOrEqual(value, Vector<float>.Zero).As<int, float>());

    public static Vector<float> Differentiate(Vector<float> value, Vector<float> gradient) =>
        Vector.AndNot(gradient, Vector.LessThanOrEqual(value, Vector<float>.Zero).As<int, float>());

    public static Vector<int> Passes(Vector<float> value) => ~Vector.LessThanOrEqual(value, Vector<float>.Zero);

    public static Tensor Apply(Tensor value) => value.relu();

    public static Tensor Differentiate(Tensor value, Tensor gradient) => where(value.le(0), zeros_like(gradient), gradient);
}

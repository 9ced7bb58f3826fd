using System.Numerics;

namespace ModelDsl.Kernels;

/// <summary>What the forward pass does to a channel: x * Scale + Offset. The mean is kept for the backward pass.</summary>
internal readonly record struct ChannelAffine(float Scale, float Offset, float Mean)
{
    /// <summary>Scale, offset and mean in all lanes.</summary>
    public (Vector<float> Scales, Vector<float> Offsets, Vector<float> Means) Vectors => (new(Scale), new(Offset), new(Mean));
}

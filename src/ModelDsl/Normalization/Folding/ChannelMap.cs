using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>x * scale + offset for each channel, in float64.</summary>
/// <param name="Scale">The factors, <c>[C]</c>.</param>
/// <param name="Offset">The terms, <c>[C]</c>.</param>
internal sealed record ChannelMap(Tensor Scale, Tensor Offset) : IDisposable
{
    /// <summary>(x - mean) / sqrt(variance + epsilon) * weight + bias.</summary>
    /// <param name="weight">The scale, or null for 1.</param>
    /// <param name="bias">The offset, or null for 0.</param>
    /// <param name="mean">What is subtracted, or null for 0.</param>
    /// <param name="variance">What is divided by.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public static ChannelMap Of(Tensor? weight, Tensor? bias, Tensor? mean, Tensor variance, double epsilon)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var scale = Deviation.Inverse(variance.to(float64), epsilon);
        if (weight is not null)
            scale = scale * weight.to(float64);
        var offset = bias is null ? zeros_like(scale) : bias.to(float64).clone();
        if (mean is not null)
            offset = offset - (mean.to(float64) * scale);
        return new(scale.MoveToOuterDisposeScope(), offset.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        Scale.Dispose();
        Offset.Dispose();
    }
}

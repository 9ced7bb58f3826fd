using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The deviations that composed normalizations divide by.</summary>
internal static class Deviation
{
    /// <summary>sqrt(statistic + epsilon).</summary>
    public static Tensor Of(Tensor statistic, double epsilon)
    {
        using Scalar offset = epsilon;
        return statistic.add(offset).sqrt_();
    }

    /// <summary>1 / sqrt(statistic + epsilon).</summary>
    public static Tensor Inverse(Tensor statistic, double epsilon)
    {
        using Scalar offset = epsilon;
        return statistic.add(offset).rsqrt_();
    }

    /// <summary>The mean square over some axes, which are kept with size 1.</summary>
    public static Tensor MeanSquare(Tensor input, long[] axes)
    {
        using var squares = input.square();
        return squares.mean(axes, keepdim: true);
    }
}

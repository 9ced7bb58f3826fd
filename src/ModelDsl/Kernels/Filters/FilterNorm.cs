using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>Normalized filters of weight layers, by a kernel or by libtorch's operations.</summary>
internal static class FilterNorm
{
    /// <summary>scale * gain * c / (||c|| + offset) for each filter, see the settings.</summary>
    /// <param name="settings">The formula.</param>
    /// <param name="filters"><c>[G, I, O, K]</c>: a filter lies along axes 1 and 3.</param>
    /// <param name="gain">What scales each filter, <c>[G, 1, O, 1]</c>.</param>
    /// <returns>A new tensor of the filters' shape.</returns>
    public static Tensor Run(FilterNormSettings settings, Tensor filters, Tensor gain) => IsKernel(filters, gain)
        ? new FilterNormOperation(settings).Run(filters, gain)
        : Compose(settings, filters, gain);

    /// <summary>The same, composed.</summary>
    public static Tensor Compose(FilterNormSettings settings, Tensor filters, Tensor gain)
    {
        using Scalar scale = settings.Scale;
        using Scalar offset = settings.Offset;
        using var centred = settings.Centres ? Centred(filters) : filters.alias();
        // Its gradient at zero is zero, where that of a square root is infinite.
        using var norms = linalg.vector_norm(centred, 2, [1, 3], keepdim: true);
        using var divisors = norms.add(offset);
        using var gains = gain.mul(scale);
        using var factors = gains.div(divisors);
        return centred.mul(factors);
    }

    // However small the weight: the operations it stands for cost more than a function of one's own.
    private static bool IsKernel(Tensor filters, Tensor gain) =>
        filters.size(0) == 1 && filters.size(1) == 1 && filters.size(3) >= Lanes.Count && KernelPolicy.CanRun(filters, gain);

    private static Tensor Centred(Tensor filters)
    {
        using var mean = filters.mean([1, 3], keepdim: true);
        return filters.sub(mean);
    }
}

namespace ModelDsl;

/// <summary>
/// A variant of normalization: on a stage in the place of <see cref="NormAttribute"/>; on a class or the assembly for
/// all slots there that say nothing themselves.
/// </summary>
/// <remarks>
/// A variant may change the layers around its slot. An EvoNorm takes the place of the activation behind it, FilterResponseNorm
/// makes a thresholded linear unit of a ReLU there, WeightNorm a scaled one; WeightNorm, ScaledWeightStandardization and
/// WeightCentering normalize the weight of the nearest convolution or Linear before the slot that no earlier slot has, else of
/// the first after it. The activation behind a slot may stand behind labels, shortcuts, dropout, StochasticDepth, SqueezeExcite,
/// LayerScale and Multiply.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public abstract class NormalizationAttribute : LayerAttribute
{
    /// <summary>The variants are the language's own.</summary>
    private protected NormalizationAttribute()
    {
    }
}

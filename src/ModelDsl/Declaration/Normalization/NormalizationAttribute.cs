namespace ModelDsl;

/// <summary>
/// A variant of normalization: on a stage in the place of <see cref="NormAttribute"/>; on a class or the assembly for
/// all slots there that say nothing themselves.
/// </summary>
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

namespace ModelDsl;

/// <summary>
/// An activation: on a stage a layer, also in the place of <see cref="ActivationAttribute"/>; on a class or the assembly the
/// choice of all slots there that say nothing themselves.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public abstract class NonlinearityAttribute : LayerAttribute
{
    /// <summary>The activations are the language's own.</summary>
    private protected NonlinearityAttribute()
    {
    }
}

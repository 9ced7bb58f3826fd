namespace ModelDsl;

/// <summary>
/// A layer. On a partial method, a stage, the attributes are its pipeline in source order; on a partial property one attribute
/// is the layer that the property holds.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>The layers are the language's own.</summary>
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The exact name in the state dict, below the level of the stage: <c>"conv1"</c>, <c>"0.1"</c>. Of a block that repeats it
    /// may hold size expressions over <c>index</c>: <c>"denselayer{index + 1}"</c>. Default: stage and kind.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The condition under which the layer exists: <c>nameof(flag)</c> of a boolean parameter, or a condition over parameters
    /// such as <c>"expansion != 1"</c>. Where it does not hold, what flows passes by. Default: always.
    /// </summary>
    public string? When { get; set; }
}

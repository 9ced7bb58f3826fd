namespace ModelDsl;

/// <summary>Names what flows at this point, for a <see cref="ShortcutAttribute.From"/> further on in the stage.</summary>
/// <param name="label">The name.</param>
public sealed class LabelAttribute(string label) : LayerAttribute
{
    /// <summary>The name.</summary>
    public string Label { get; } = label;
}

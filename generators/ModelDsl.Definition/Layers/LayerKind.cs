namespace ModelDsl.Definition;

/// <summary>
/// All that is known of one layer: what its attribute means, the shapes it takes and gives, how it is built and
/// applied, and what it does to signals.
/// </summary>
public abstract class LayerKind
{
    /// <summary>The attribute without its suffix: <c>Conv2d</c>.</summary>
    public abstract string Attribute { get; }

    /// <summary>The layer's name in the state dict and in bodies, snake_case: <c>conv</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether it has a weight that <c>[Initialization]</c> fills.</summary>
    public virtual bool HasWeight => false;

    /// <summary>Whether it works on the last axes whatever stands before them: <c>[..., C]</c>.</summary>
    public virtual bool TakesLeadingAxes => false;

    /// <summary>Adds the layer to the flow, or reports why it can't be.</summary>
    public abstract void Place(StageFlow flow, LayerDeclaration layer);
}

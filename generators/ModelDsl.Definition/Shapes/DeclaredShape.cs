namespace ModelDsl.Definition;

/// <summary>A shape as it was declared.</summary>
public sealed record DeclaredShape(EquatableArray<DeclaredAxis> Axes)
{
    /// <summary>Whether any number of axes stands before the others.</summary>
    public bool IsOpen => Shape.IsOpen;

    public Shape Shape => new(Axes.Select(axis => Axis.Of(axis.Size)).ToEquatableArray());
}

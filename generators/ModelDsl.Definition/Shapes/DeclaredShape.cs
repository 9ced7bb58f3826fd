namespace ModelDsl.Definition;

/// <summary>A shape as it was declared.</summary>
public sealed record DeclaredShape(EquatableArray<DeclaredAxis> Axes)
{
    public Shape Shape => new(Axes.Select(axis => Axis.Of(axis.Size)).ToEquatableArray());
}

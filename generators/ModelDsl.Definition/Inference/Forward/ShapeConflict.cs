namespace ModelDsl.Definition;

/// <summary>A declared shape that what was found can't have.</summary>
internal sealed record ShapeConflict(Shape Declared, Shape Found, int Axis)
{
    /// <summary>For a message: who declares, what, what was found, which axis, its size and the right one.</summary>
    public EquatableArray<string> Particulars(string name) =>
        new[] { name, $"{Declared}", $"{Found}", $"{Axis}", At(Found, "missing"), At(Declared, "absent") }.ToEquatableArray();

    private string At(Shape shape, string otherwise) => Axis < shape.Rank ? $"{shape.Axes[Axis]}" : otherwise;
}

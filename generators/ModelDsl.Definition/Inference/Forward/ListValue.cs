namespace ModelDsl.Definition;

/// <summary>An array, a list or a tuple with a known number of items.</summary>
public sealed record ListValue(EquatableArray<FlowValue> Items) : FlowValue
{
    /// <summary>The sizes of a shape.</summary>
    internal static ListValue Of(Shape shape) =>
        new(shape.Axes.Select(axis => (FlowValue)new IntegerValue(SizeFacts.Known(axis.Size))).ToEquatableArray());
}

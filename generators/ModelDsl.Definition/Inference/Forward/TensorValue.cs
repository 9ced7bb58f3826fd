namespace ModelDsl.Definition;

/// <summary>A tensor.</summary>
/// <param name="Shape">Its shape; null where not even the rank is known.</param>
/// <param name="ChannelAxis">The axis of its channels; null where it is not known.</param>
/// <param name="Path">The layers that a signal has passed since it entered the body; null for what does not depend on it.</param>
public sealed record TensorValue(Shape? Shape, int? ChannelAxis, EquatableArray<PathStep>? Path) : FlowValue
{
    /// <summary>What an operation gives that certainly fails: what follows from it is not reported again.</summary>
    public static readonly TensorValue Failed = new(null, null, null) { HasFailed = true };

    /// <summary>Whether it is the result of what certainly fails.</summary>
    public bool HasFailed { get; init; }

    /// <summary>What enters a body: channels on axis 1 of four axes or more, else on the last, unless stated.</summary>
    public static TensorValue Input(Shape? shape, bool? channelsFirst = null) =>
        new(
            shape,
            shape is null or { Rank: 0 } ? null : AxisOf(shape.Rank, channelsFirst),
            default(EquatableArray<PathStep>));

    /// <summary>A parameter or a buffer: it is on no signal's way.</summary>
    public static TensorValue Constant(Shape? shape) => Input(shape) with { Path = null };

    private static int AxisOf(int rank, bool? channelsFirst) => (channelsFirst ?? rank >= 4) && rank > 1 ? 1 : rank - 1;
}

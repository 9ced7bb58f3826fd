namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>A size as it may be written.</summary>
/// <param name="Code">A size expression.</param>
/// <param name="Argument">The attribute's argument: <c>8</c>, <c>nameof(width)</c>, <c>"2 * width"</c>.</param>
/// <param name="Value">Its value in the net that is run.</param>
/// <param name="IsConstant">Whether the compiler knows the value.</param>
internal sealed record NetSize(string Code, string Argument, int Value, bool IsConstant)
{
    public NetAxis Axis => new(Value, IsConstant ? AxisKnowledge.Constant : AxisKnowledge.Built);

    public static NetSize Of(int value) => new($"{value}", $"{value}", value, true);
}

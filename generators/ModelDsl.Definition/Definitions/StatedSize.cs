namespace ModelDsl.Definition;

/// <summary>A size that was written, and what it must be.</summary>
/// <param name="Anchor">Where it was written.</param>
/// <param name="Argument">The argument: <c>Features</c>.</param>
/// <param name="Attribute">The layer: <c>Linear</c>.</param>
/// <param name="Value">What it means.</param>
/// <param name="Minimum">What it must be at least.</param>
/// <param name="Remainder">What its division leaves, where none may be left.</param>
public sealed record StatedSize(Anchor Anchor, string Argument, string Attribute, Size Value, long Minimum, Size? Remainder);

using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>One axis of a pattern: a name, several in parentheses, or none, which is an axis of size 1.</summary>
/// <param name="Axes">The names, slowest first.</param>
/// <param name="IsComposed">Whether it stands in parentheses.</param>
internal sealed record AxisGroup(ImmutableArray<AxisToken> Axes, bool IsComposed);

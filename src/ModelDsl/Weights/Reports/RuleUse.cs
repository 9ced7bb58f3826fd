namespace ModelDsl;

/// <summary>What a rule of a <see cref="WeightRenaming"/> did.</summary>
/// <param name="Rule">The rule, as it was written.</param>
/// <param name="Names">The names to which it applied; empty: it is of no use for this file.</param>
public sealed record RuleUse(string Rule, IReadOnlyList<RenamedWeight> Names);

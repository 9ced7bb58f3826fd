namespace ModelDsl;

/// <summary>One rule of a <see cref="WeightRenaming"/>.</summary>
/// <param name="Text">The call that made it.</param>
/// <param name="Apply">The new name, or null where the rule doesn't apply.</param>
internal sealed record RenamingRule(string Text, Func<string, string?> Apply)
{
    /// <summary>Whether a name to which it applies is left out.</summary>
    public bool Ignores { get; init; }
}

namespace ModelDsl.Definition;

/// <summary>A rule that a declaration breaks, where, and the particulars.</summary>
public sealed record Finding(Rule Rule, Anchor Anchor, EquatableArray<string> Arguments)
{
    /// <summary>The other declaration, where two disagree.</summary>
    public Anchor? Related { get; init; }

    public string Message => Rule.Format(Arguments);
}

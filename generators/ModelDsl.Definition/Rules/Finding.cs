namespace ModelDsl.Definition;

/// <summary>A rule that a declaration breaks, where, and the particulars.</summary>
public sealed record Finding(Rule Rule, Anchor Anchor, EquatableArray<string> Arguments)
{
    public string Message => Rule.Format(Arguments);
}

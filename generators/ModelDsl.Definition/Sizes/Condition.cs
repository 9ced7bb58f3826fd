namespace ModelDsl.Definition;

/// <summary>A condition on sizes, as it stands before <c>?</c>.</summary>
public abstract record Condition
{
    /// <summary>Whether it holds, where that is certain.</summary>
    public abstract bool? Truth();

    public abstract IEnumerable<string> Symbols();

    public abstract Condition? Substitute(Func<string, Size?> replacement);
}

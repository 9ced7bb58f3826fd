namespace ModelDsl.Definition;

/// <summary>A condition on sizes, as it stands before <c>?</c>.</summary>
public abstract record Condition
{
    /// <summary>Whether it holds, where that is certain.</summary>
    public abstract bool? Truth();

    /// <summary>The condition where it stands alone.</summary>
    public virtual string Bare => ToString();

    public abstract IEnumerable<string> Symbols();

    /// <summary>The conditions that must all hold for it.</summary>
    public virtual IEnumerable<Condition> Conjuncts() => [this];

    /// <summary>Whether it says the same, whichever way round.</summary>
    public virtual bool IsSame(Condition other) => Equals(other);

    public abstract Condition? Substitute(Func<string, Size?> replacement);
}

namespace ModelDsl.Definition;

/// <summary>A condition on sizes, as it stands before <c>?</c>.</summary>
public abstract record Condition
{
    /// <summary>Whether it holds, where that is certain.</summary>
    public abstract bool? Truth();

    /// <summary>The condition where it stands alone.</summary>
    public virtual string Bare => ToString();

    public abstract IEnumerable<string> Symbols();

    /// <summary>Whether the other holds wherever this one does, as far as their parts say so.</summary>
    public bool Implies(Condition other) => other is LogicalCondition { Operator: "&&" } both
        ? Implies(both.Left) && Implies(both.Right)
        : other.Truth() == true || Entails(other);

    public abstract Condition? Substitute(Func<string, Size?> replacement);

    /// <summary>Whether this condition, or a part that must hold for it, is the other one.</summary>
    protected virtual bool Entails(Condition other) => Equals(other);
}

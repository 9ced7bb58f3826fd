namespace ModelDsl.Definition;

/// <summary>What a size is made of, beside integers, sums and products.</summary>
public abstract record Factor
{
    public abstract IEnumerable<string> Symbols();

    public abstract Size? Substitute(Func<string, Size?> replacement);

    /// <summary>The factor where a condition is known to hold, or not to.</summary>
    public virtual Size Assume(Condition condition, bool holds) => Size.Of(this);

    /// <summary>C# of the factor beside others.</summary>
    internal virtual string InProduct() => ToString();
}

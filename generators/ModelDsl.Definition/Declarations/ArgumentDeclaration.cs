namespace ModelDsl.Definition;

/// <summary>An argument of an attribute, under the name of the property that it sets.</summary>
/// <param name="Name">The property: <c>KernelSize</c>.</param>
/// <param name="Text">A string argument.</param>
/// <param name="Number">An integer argument, a flag (1 or 0), or the value of an enumeration.</param>
/// <param name="Real">A floating-point argument.</param>
public sealed record ArgumentDeclaration(string Name, string? Text, long? Number, double? Real)
{
    /// <summary>The strings of an argument that takes several.</summary>
    public EquatableArray<string> Texts { get; init; }

    /// <summary>
    /// What is neither text nor a number, as C# writes it: <c>true</c>, <c>BranchScale.SkipInit</c>; null of others.
    /// </summary>
    public string? Word { get; init; }

    /// <summary>The members of the enumeration whose value it is, where it is none of them: <c>In, Out</c>.</summary>
    public string? Members { get; init; }
}

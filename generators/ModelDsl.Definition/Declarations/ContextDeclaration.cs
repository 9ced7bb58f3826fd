namespace ModelDsl.Definition;

/// <summary>
/// What a method takes: of a stage the first parameter flows and the others are context, which layers and blocks receive that
/// have a parameter of the type.
/// </summary>
/// <param name="Name">Without <c>@</c>.</param>
/// <param name="Type">Its type as C# writes it everywhere.</param>
/// <param name="IsTensor">Whether it is a tensor.</param>
/// <param name="Default">C# of its default, or null where callers must give it.</param>
/// <param name="Shape">The text of its <c>[Shape]</c>.</param>
/// <param name="Layout">Where its channels were said to be.</param>
public sealed record ContextDeclaration(
    string Name, string Type, bool IsTensor, string? Default, string? Shape, ChannelLayout Layout)
{
    /// <summary>The name as C# writes it.</summary>
    public string Code => Identifiers.Escape(Name);

    public bool IsNullable => Type.EndsWith("?", StringComparison.Ordinal);

    /// <summary>
    /// Whether a value of another declaration may be passed here: the same type, and never null where null isn't expected.
    /// </summary>
    public bool Accepts(ContextDeclaration other) =>
        Type == other.Type || (IsNullable && Type.Substring(0, Type.Length - 1) == other.Type);
}

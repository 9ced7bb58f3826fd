namespace ModelDsl.Definition;

/// <summary>A parameter of the primary constructor: a hyper-parameter.</summary>
/// <param name="Name">Without <c>@</c>.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="HasDefault">Whether a caller may leave it out.</param>
/// <param name="DefaultValue">The default of an integer or a flag (1 or 0).</param>
public sealed record ParameterDeclaration(string Name, ParameterKind Kind, bool HasDefault, long? DefaultValue)
{
    /// <summary>Whether it says <c>ref</c>, <c>out</c> or <c>in</c>.</summary>
    public bool IsByReference { get; init; }

    /// <summary>The name as C# writes it.</summary>
    public string Code => Identifiers.Escape(Name);
}

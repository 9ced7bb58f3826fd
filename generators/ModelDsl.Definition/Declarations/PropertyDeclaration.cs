namespace ModelDsl.Definition;

/// <summary>The partial property that holds a layer or a tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as C# writes it everywhere.</param>
/// <param name="Head">What the implementing part repeats: modifiers, type and name.</param>
/// <param name="CanImplement">Whether a partial definition <c>{ get; }</c> stands there.</param>
public sealed record PropertyDeclaration(string Name, string Type, string Head, bool CanImplement)
{
    /// <summary>The accessors of a partial definition, that of a wrong one too: <c>get</c>, <c>private set</c>.</summary>
    public EquatableArray<string> Accessors { get; init; }
}

namespace ModelDsl.Definition;

/// <summary>A generated field.</summary>
/// <param name="Name">The field: <c>_stemConv</c>.</param>
/// <param name="StateName">The name in the state dict: <c>stem_conv</c>; empty for what is no part of it.</param>
/// <param name="Type">Its exact type, as C#.</param>
/// <param name="Initializer">C# over the constructor's parameters.</param>
/// <param name="IsOptional">Whether it may be null.</param>
public sealed record FieldDefinition(string Name, string StateName, string Type, string Initializer, bool IsOptional = false)
{
    /// <summary>How the model registers it.</summary>
    public FieldKind Kind { get; init; }
}

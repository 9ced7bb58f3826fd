namespace ModelDsl.Definition;

/// <summary>A generated field that holds a layer.</summary>
/// <param name="Name">The field: <c>_stemConv</c>.</param>
/// <param name="StateName">The name in the state dict: <c>stem_conv</c>.</param>
/// <param name="Type">Its exact type, as C#.</param>
/// <param name="Initializer">C# over the constructor's parameters.</param>
/// <param name="IsOptional">Whether it may be null.</param>
public sealed record FieldDefinition(string Name, string StateName, string Type, string Initializer, bool IsOptional = false);

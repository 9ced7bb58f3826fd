namespace ModelDsl.Definition;

/// <summary>A parameter or buffer that the model owns itself.</summary>
/// <param name="Property">The property that holds it.</param>
/// <param name="Attribute">What was written: <c>Parameter</c> or <c>Buffer</c> with its arguments.</param>
/// <param name="IsBroken">Whether the compiler itself reports an error in it.</param>
/// <param name="HasComment">Whether its author documented it.</param>
public sealed record TensorDeclaration(
    PropertyDeclaration Property, LayerDeclaration Attribute, bool IsBroken, bool HasComment)
{
    /// <summary>Whether its property is declared both a parameter and a buffer.</summary>
    public bool IsBoth { get; init; }

    public bool IsParameter => Attribute.Attribute == "Parameter";

    /// <summary>Whether it is part of the state dict.</summary>
    public bool IsPersistent => IsParameter || Attribute["Persistent"]?.Number != 0;
}

namespace ModelDsl.Definition;

/// <summary>What the language can do with a constructor parameter.</summary>
public enum ParameterKind
{
    Other,
    Integer,
    Boolean,
    FloatingPoint,
    IntegerArray,
    Normalization,
    Activation,
    Text,
}

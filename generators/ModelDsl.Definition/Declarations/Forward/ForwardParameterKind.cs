namespace ModelDsl.Definition;

/// <summary>What a parameter of a hand-written method holds.</summary>
public enum ForwardParameterKind
{
    Other,
    Tensor,
    Integer,
}

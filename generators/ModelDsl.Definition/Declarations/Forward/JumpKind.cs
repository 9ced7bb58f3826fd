namespace ModelDsl.Definition;

/// <summary>Where a jump leads.</summary>
public enum JumpKind
{
    Break,
    Continue,
    Throw,
}

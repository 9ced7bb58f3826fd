namespace ModelDsl.Definition;

/// <summary>A statement that never reaches the next one.</summary>
public sealed record JumpStatement(JumpKind Kind) : ForwardStatement;

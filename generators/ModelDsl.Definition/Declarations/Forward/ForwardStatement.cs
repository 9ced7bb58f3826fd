namespace ModelDsl.Definition;

/// <summary>A statement of a hand-written body.</summary>
public abstract record ForwardStatement;

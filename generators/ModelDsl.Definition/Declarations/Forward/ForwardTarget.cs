namespace ModelDsl.Definition;

/// <summary>What an assignment assigns.</summary>
/// <param name="Name">The name; empty where it is no plain name.</param>
/// <param name="IsDeclared">Whether the assignment declares it.</param>
public sealed record ForwardTarget(string Name, bool IsDeclared);

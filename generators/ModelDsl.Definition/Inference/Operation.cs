namespace ModelDsl.Definition;

/// <summary>What a layer does to the tensor that flows, before locals are named and lifetimes are decided.</summary>
/// <param name="Local">The name of its result.</param>
/// <param name="Expression">C# with <c>{0}</c> for the tensor that flows.</param>
/// <param name="Shape">The shape that comes out.</param>
public sealed record Operation(string Local, string Expression, Shape? Shape)
{
    /// <summary>The same, changing the tensor that flows: C# with <c>{0}</c>. Null where there is no such form.</summary>
    public string? InPlace { get; init; }

    /// <summary>A local that is computed from the stage's input first: a shortcut's projection.</summary>
    public string? SideLocal { get; init; }

    /// <summary>C# of that local.</summary>
    public string? SideExpression { get; init; }

    /// <summary>Whether the result may share memory with the tensor that flows in.</summary>
    public bool OutputMayAliasInput { get; init; }

    /// <summary>Whether the backward pass reads the result, so that nothing may change it afterwards.</summary>
    public bool BackwardNeedsOutput { get; init; }
}

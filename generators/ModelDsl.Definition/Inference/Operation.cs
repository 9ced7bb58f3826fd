namespace ModelDsl.Definition;

/// <summary>What a layer does to the tensor that flows, before locals are named and lifetimes are decided.</summary>
/// <param name="Local">The name of its result.</param>
/// <param name="Expression">
/// C# with <c>{0}</c> for the tensor that flows, and <c>{1}</c> onwards for those of <see cref="Reads"/>.
/// </param>
/// <param name="Shape">The shape that comes out.</param>
public sealed record Operation(string Local, string Expression, Shape? Shape)
{
    /// <summary>What <see cref="Reads"/> calls the tensor that enters the stage.</summary>
    public const string StageInput = "\0";

    /// <summary>The same, changing the tensor that flows. Null where there is no such form.</summary>
    public string? InPlace { get; init; }

    /// <summary>Locals that are computed first, from the stage's input or from what flows (<c>{0}</c>).</summary>
    public EquatableArray<SideOperation> Sides { get; init; }

    /// <summary>The labels that the expression reads.</summary>
    public EquatableArray<string> Reads { get; init; }

    /// <summary>Where this operation only names what flows: the name.</summary>
    public string? Label { get; init; }

    /// <summary>What may be given the tensor that flows, by a call in which it stands once; null where nothing may.</summary>
    public Taker? Taker { get; init; }

    /// <summary>Whether the result may share memory with the tensor that flows in.</summary>
    public bool OutputMayAliasInput { get; init; }

    /// <summary>Whether in inference it always does: a view, dropout.</summary>
    public bool KeepsMemory { get; init; }

    /// <summary>Whether the layer's own condition is in its expression.</summary>
    public bool HasOwnCondition { get; init; }

    /// <summary>Whether the backward pass reads the result, so that nothing may change it afterwards.</summary>
    public bool BackwardNeedsOutput { get; init; }
}

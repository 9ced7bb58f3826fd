namespace ModelDsl.Definition;

/// <summary>A model with everything decided: what is left is to judge it and to print it.</summary>
/// <param name="Declaration">What was written.</param>
/// <param name="ChecksField">The field that checks sizes when the model is built: <c>_sizes</c>.</param>
/// <param name="Checks">The sizes that are checked.</param>
/// <param name="Fields">The layers, in order of registration.</param>
/// <param name="Tensors">The parameters and buffers of its own, in order of registration.</param>
/// <param name="Stages">The stages, in order of declaration.</param>
/// <param name="Forward">The generated <c>forward</c>; null where a stage or the author has it.</param>
/// <param name="Contract">What the model promises to those that nest it.</param>
/// <param name="Findings">What is wrong with the declaration.</param>
public sealed record ModelDefinition(
    ModelDeclaration Declaration,
    string ChecksField,
    EquatableArray<SizeCheck> Checks,
    EquatableArray<FieldDefinition> Fields,
    EquatableArray<TensorDefinition> Tensors,
    EquatableArray<StageDefinition> Stages,
    ForwardDefinition? Forward,
    ModelContract Contract,
    EquatableArray<Finding> Findings)
{
    /// <summary>How many values the normalizations take their statistics of, as far as that is known.</summary>
    public EquatableArray<StatisticSize> StatisticSizes { get; init; }

    /// <summary>The sizes that were written and that only the constructor's arguments decide.</summary>
    public EquatableArray<StatedSize> StatedSizes { get; init; }

    /// <summary>The layers that share the weights of others.</summary>
    public EquatableArray<TieDefinition> Ties { get; init; }

    /// <summary>What <c>forward</c> takes and returns, whoever writes it: the base class follows from it.</summary>
    public SignatureDeclaration Signature { get; init; } = new(default, TorchNames.Tensor);

    /// <summary>
    /// What models that nest this one call, where a wrong <c>forward</c> leaves the base class another signature.
    /// </summary>
    public SignatureDeclaration? Promised { get; init; }

    /// <summary>Whether a member of the author's is the <c>forward</c> of that signature.</summary>
    public bool HasForward { get; init; }

    /// <summary>Whether <c>forward</c> frees an input that its caller gives up.</summary>
    public bool TakesOver { get; init; }

    /// <summary>How many models before this one would have a generated file of the same name.</summary>
    public int Namesakes { get; init; }

    /// <summary>Whether the declaration can be expanded; otherwise its bodies throw.</summary>
    public bool IsSound =>
        !Findings.Any(finding => finding.Rule.IsDeclarationError)
        && !Declaration.Stages.Any(stage => stage.IsBroken)
        && !Declaration.Tensors.Any(tensor => tensor.IsBroken);
}

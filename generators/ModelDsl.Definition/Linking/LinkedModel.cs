namespace ModelDsl.Definition;

/// <summary>
/// A declaration and what it needs of other models: the contracts that it names, and the path by which it nests itself.
/// </summary>
public sealed record LinkedModel(
    ModelDeclaration Declaration,
    EquatableArray<ModelContract> Contracts,
    EquatableArray<string> Cycle)
{
    /// <summary>
    /// How many models whose names sort before this one would have a generated file of the same name: <c>resnet</c> after
    /// <c>ResNet</c>.
    /// </summary>
    public int Namesakes { get; init; }

    public ModelDefinition Infer()
    {
        var definition = KnownInferences.Infer(
            Declaration,
            name => Contracts.FirstOrDefault(contract => contract.MetadataName == name)) with
        {
            Namesakes = Namesakes,
        };
        return Cycle.Count == 0
            ? definition
            : definition with { Findings = definition.Findings.Prepend(CyclicFinding()).ToEquatableArray() };
    }

    /// <summary>Under the block with which the cycle starts.</summary>
    private Finding CyclicFinding()
    {
        var next = Cycle[1];
        for (var stage = 0; stage < Declaration.Stages.Count; stage++)
        {
            var layers = Declaration.Stages[stage].Layers;
            for (var layer = 0; layer < layers.Count; layer++)
            {
                if (layers[layer].Block?.MetadataName == next)
                    return Finding(new(stage, layer));
            }
        }
        return Finding(Anchor.Class);
    }

    private Finding Finding(Anchor anchor) =>
        new(
            Rules.CyclicBlocks,
            anchor,
            new[] { Declaration.Name, string.Join(" -> ", Cycle.Select(ShortName)) }.ToEquatableArray());

    private static string ShortName(string metadataName) => metadataName.Substring(metadataName.LastIndexOfAny(['.', '+']) + 1);
}

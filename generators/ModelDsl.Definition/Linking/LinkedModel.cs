namespace ModelDsl.Definition;

/// <summary>A declaration and what it needs of other models: the contracts that it names, and the path by which it nests itself.</summary>
/// <param name="Declaration">What was written.</param>
/// <param name="Contracts">Those of the models that it nests.</param>
/// <param name="Cycle">The path, empty where there is none.</param>
/// <param name="Twin">How many models before it have the same name but for its case, which file names do not tell apart.</param>
public sealed record LinkedModel(ModelDeclaration Declaration, EquatableArray<ModelContract> Contracts, EquatableArray<string> Cycle, int Twin = 0)
{
    public ModelDefinition Infer()
    {
        var definition = ModelInference.Infer(Declaration, name => Contracts.FirstOrDefault(contract => contract.MetadataName == name));
        var findings = Cycle.Count == 0 ? definition.Findings : definition.Findings.Prepend(CyclicFinding()).ToEquatableArray();
        return definition with { Findings = findings, Twin = Twin };
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
        new(Rules.CyclicBlocks, anchor, new[] { Declaration.Name, string.Join(" -> ", Cycle.Select(ShortName)) }.ToEquatableArray());

    private static string ShortName(string metadataName) => metadataName.Substring(metadataName.LastIndexOfAny(['.', '+']) + 1);
}

namespace ModelDsl.Definition;

/// <summary>MDL209: a normalization right behind a normalization, which the second one undoes.</summary>
internal static class RepetitionJudgment
{
    public static IEnumerable<Finding> Of(ModelDefinition definition)
    {
        var model = definition.Declaration;
        var stages = model.Stages;
        for (var stage = 0; stage < stages.Count; stage++)
        {
            var layers = stages[stage].Layers;
            for (var layer = 1; layer < layers.Count; layer++)
            {
                if (IsCertain(model, layers[layer - 1]) && IsCertain(model, layers[layer]))
                    yield return new(
                        Rules.NormalizationTwice,
                        new(stage, layer),
                        new[] { $"[{layers[layer].Attribute}]", $"[{layers[layer - 1].Attribute}]" }.ToEquatableArray())
                        { Related = new(stage, layer - 1) };
            }
        }
    }

    /// <summary>Whether a layer stands at a slot: none does where a weight is normalized instead, or nothing at all.</summary>
    private static bool IsCertain(ModelDeclaration model, LayerDeclaration layer) =>
        layer.When is null && NormalizationSlot.IsSlot(layer) && !NormalizationResolver.LeavesEmpty(model, layer);
}

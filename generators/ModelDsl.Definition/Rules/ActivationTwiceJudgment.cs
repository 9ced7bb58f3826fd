namespace ModelDsl.Definition;

/// <summary>MDL405: an activation right behind a layer that is one already, an EvoNorm or a thresholded linear unit.</summary>
internal static class ActivationTwiceJudgment
{
    public static IEnumerable<Finding> Of(ModelDefinition definition)
    {
        var model = definition.Declaration;
        for (var stage = 0; stage < model.Stages.Count; stage++)
        {
            var layers = model.Stages[stage].Layers;
            foreach (var (place, name) in Activations(model, layers))
            {
                var next = Enumerable.Range(place + 1, layers.Count - place - 1)
                    .Where(index => layers[index].Attribute != "Label");
                foreach (var behind in next.Take(1).Where(index => Is(layers[index])))
                    yield return new(
                        Rules.ActivationTwice,
                        new(stage, behind),
                        new[] { layers[behind].Attribute, name }.ToEquatableArray());
            }
        }
    }

    /// <summary>The places where a layer is an activation that its name does not show.</summary>
    private static IEnumerable<(int Place, string Name)> Activations(
        ModelDeclaration model, EquatableArray<LayerDeclaration> layers)
    {
        for (var place = 0; place < layers.Count; place++)
        {
            if (layers[place].Attribute == "TLU")
                yield return (place, "TLU");
        }
        foreach (var unit in NormalizationUnits.Of(layers))
        {
            var choice = NormalizationResolver.Resolve(model, layers[unit.Slot], isFeatureMap: true);
            if (!choice.IsOpen && choice.Kind.IsActivation() && unit.Activation is { } place)
                yield return (place, choice.Name);
        }
    }

    private static bool Is(LayerDeclaration layer) =>
        layer.When is null && LayerCatalogue.Find(layer.Attribute) is NonlinearityLayer or ThresholdedLinearLayer;
}

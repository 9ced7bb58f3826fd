using System.Runtime.CompilerServices;

namespace ModelDsl.Definition;

/// <summary>
/// Remembers what was inferred of a declaration for as long as the declaration lives. A keystroke in one model then
/// infers that model and those whose nested contracts changed with it; without an edit the contracts and the generated
/// code share one inference.
/// </summary>
internal static class KnownInferences
{
    private static readonly ConditionalWeakTable<ModelDeclaration, Inference> Known = new();

    /// <summary>As <see cref="ModelInference.Infer"/>; remembered while every contract it asked for is still the same.</summary>
    public static ModelDefinition Infer(ModelDeclaration declaration, Func<string, ModelContract?> contracts)
    {
        if (Known.TryGetValue(declaration, out var known) && known.Asked.All(asked => Equals(contracts(asked.Key), asked.Value)))
            return known.Definition;
        var asked = new Dictionary<string, ModelContract?>();
        var definition = ModelInference.Infer(declaration, name => asked[name] = contracts(name));
        Remember(declaration, new(asked, definition));
        return definition;
    }

    private static void Remember(ModelDeclaration declaration, Inference inference)
    {
        lock (Known)
        {
            Known.Remove(declaration);
            Known.Add(declaration, inference);
        }
    }

    private sealed record Inference(IReadOnlyDictionary<string, ModelContract?> Asked, ModelDefinition Definition);
}

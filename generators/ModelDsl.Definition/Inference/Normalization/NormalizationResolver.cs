namespace ModelDsl.Definition;

/// <summary>
/// Which normalization a slot takes: its own variant, a <c>Normalization</c> parameter, the class's variant, the assembly's, else
/// BatchNorm on feature maps and LayerNorm elsewhere.
/// </summary>
internal static class NormalizationResolver
{
    public static NormalizationChoice Resolve(ModelDeclaration model, LayerDeclaration slot, bool isFeatureMap)
    {
        if (KindOf(slot) is { } own)
            return Choice(slot, own, model.TracksGradientNoise, null, Written(slot));
        var parameter = model.NormalizationParameter?.Code;
        if (Declared(model) is { } declared)
            return Choice(declared.Layer, declared.Kind, model.TracksGradientNoise, parameter, declared.Reason);
        var fallback = isFeatureMap ? NormalizationKind.Batch : NormalizationKind.Layer;
        return new(fallback, 0, 0, model.TracksGradientNoise, parameter, null);
    }

    /// <summary>Whether nothing stands at a slot, as its choice is for weights, or is that of no normalization.</summary>
    public static bool LeavesEmpty(ModelDeclaration model, LayerDeclaration slot) =>
        Resolve(model, slot, isFeatureMap: true) is { IsOpen: false } choice && choice.Kind.LeavesSlotEmpty();

    /// <summary>What a model passes to the <c>Normalization</c> parameter of the blocks that it nests.</summary>
    public static NormalizationChoice? PassedOn(ModelDeclaration model)
    {
        var parameter = model.NormalizationParameter?.Code;
        if (Declared(model) is { } declared)
            return Choice(declared.Layer, declared.Kind, model.TracksGradientNoise, parameter, declared.Reason);
        return parameter is null && !model.TracksGradientNoise
            ? null
            : new(NormalizationKind.Inherit, 0, 0, model.TracksGradientNoise, parameter, null);
    }

    /// <summary>What the variant on the class says, or null where there is none.</summary>
    public static NormalizationChoice? OfClass(ModelDeclaration model) =>
        model.Variant is { } variant && KindOf(variant) is { } kind
            ? Choice(variant, kind, model.TracksGradientNoise, null, null)
            : null;

    /// <summary>The variant of an attribute, or null where it is none.</summary>
    public static NormalizationKind? KindOf(LayerDeclaration variant) =>
        variant.Module is not null ? NormalizationKind.Custom : NormalizationKinds.Find(variant.Attribute);

    private static (LayerDeclaration Layer, NormalizationKind Kind, string Reason)? Declared(ModelDeclaration model)
    {
        if (model.Variant is { } variant && KindOf(variant) is { } kind)
            return (variant, kind, $"{Written(variant)} on {model.Name}");
        if (model.AssemblyVariant is { } assembly && KindOf(assembly) is { } assemblyKind)
            return (assembly, assemblyKind, $"{Written(assembly)} on the assembly");
        return null;
    }

    private static NormalizationChoice Choice(
        LayerDeclaration layer,
        NormalizationKind kind,
        bool isTracked,
        string? parameter,
        string? reason) =>
        new(
            kind,
            (int)(layer["Groups"]?.Number ?? 0),
            (int)(layer["ChannelsPerGroup"]?.Number ?? 0),
            isTracked,
            parameter,
            reason)
        {
            Module = layer.Module,
            Epsilon = Real(layer, "Epsilon"),
            Momentum = Real(layer, "Momentum"),
            Gain = Real(layer, "Gain"),
            Over = (LayerNormOver)(layer["Over"]?.Number ?? 0),
            Axes = (int)(layer["Axes"]?.Number ?? 0),
        };

    private static double Real(LayerDeclaration layer, string option) => layer[option]?.Real ?? layer[option]?.Number ?? 0;

    private static string Written(LayerDeclaration variant) => variant.Module is { } module
        ? $"[Norm<{TorchNames.ShortName(module)}>]"
        : $"[{variant.Attribute}]";
}

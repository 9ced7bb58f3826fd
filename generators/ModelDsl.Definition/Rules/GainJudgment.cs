using System.Collections.Immutable;
using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// MDL408: a gain of scaled weight standardization that is written, and is not that of the activation which belongs to the slot:
/// 1 / sqrt(Var f(z)) of standard normal z (Brock, De and Smith 2021). The threshold is this project's own.
/// </summary>
internal static class GainJudgment
{
    /// <summary>Tables that were drawn from random numbers differ by less.</summary>
    private const double Tolerance = 0.05;

    /// <summary>The gains of activations at their default options.</summary>
    private static readonly ImmutableDictionary<string, double> Gains = new Dictionary<string, double>
    {
        ["ReLU"] = 1.7129, ["ReLU6"] = 1.7131, ["LeakyReLU"] = 1.7059, ["GELU"] = 1.7015, ["SiLU"] = 1.7881, ["ELU"] = 1.2716,
        ["CELU"] = 1.2716, ["SELU"] = 1, ["Tanh"] = 1.5939, ["Sigmoid"] = 4.8038, ["Softplus"] = 1.9203, ["Softsign"] = 2.3389,
        ["LogSigmoid"] = 1.9194,
    }.ToImmutableDictionary();

    /// <summary>The first slot of each place where a gain is written.</summary>
    public static IEnumerable<Finding> Of(ModelDefinition definition) => Slots(definition.Declaration)
        .Select(slot => Judge(definition.Declaration, slot))
        .OfType<Finding>()
        .GroupBy(finding => finding.Anchor)
        .Select(findings => findings.First());

    private static IEnumerable<(int Stage, NormalizationUnit Unit)> Slots(ModelDeclaration model) =>
        from stage in Enumerable.Range(0, model.Stages.Count)
        from unit in NormalizationUnits.Of(model.Stages[stage].Layers)
        select (stage, unit);

    private static Finding? Judge(ModelDeclaration model, (int Stage, NormalizationUnit Unit) slot)
    {
        var layers = model.Stages[slot.Stage].Layers;
        var layer = layers[slot.Unit.Slot];
        var choice = NormalizationResolver.Resolve(model, layer, isFeatureMap: true);
        if (choice is not { IsOpen: false, Kind: NormalizationKind.ScaledWeightStandardization, Gain: > 0 and var gain }
            || slot.Unit.Activation is not { } place
            || Name(model, layers[place]) is not { } activation
            || !Gains.TryGetValue(activation, out var right)
            || Math.Abs((gain / right) - 1) <= Tolerance)
            return null;
        var anchor = layer["Gain"] is not null ? new Anchor(slot.Stage, slot.Unit.Slot, "Gain")
            : model.Variant is not null ? new(Argument: Anchor.Variant)
            : Anchor.Class;
        string[] arguments = [Text(gain, "R"), $"[{activation}]", Text(right, "R"), Text(gain * gain / (right * right), "0.##")];
        return new(Rules.GainDoesNotFit, anchor, arguments.ToEquatableArray());
    }

    /// <summary>The activation of a layer, as far as it is known and has no options of its own.</summary>
    private static string? Name(ModelDeclaration model, LayerDeclaration layer)
    {
        if (layer.Attribute != "Activation")
            return HasOptions(layer) ? null : layer.Attribute;
        if (model.ActivationParameter is not null)
            return null;
        var declared = model.Activation ?? model.AssemblyActivation;
        return declared is null ? Nonlinearities.Default.Attribute : HasOptions(declared) ? null : declared.Attribute;
    }

    private static bool HasOptions(LayerDeclaration layer) =>
        layer.Arguments.Any(argument => argument.Name is not ("Name" or "When"));

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}

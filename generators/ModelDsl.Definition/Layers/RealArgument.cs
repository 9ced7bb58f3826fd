using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// Reads an argument that is a real number: written as one, the name of a parameter, or C# arithmetic over parameters in a
/// string.
/// </summary>
internal static class RealArgument
{
    /// <summary>The number; null after a finding.</summary>
    /// <param name="flow">What flows.</param>
    /// <param name="layer">The attribute: the layer that is placed, or one on the class.</param>
    /// <param name="argument">The attribute's property.</param>
    /// <param name="otherwise">The value where nothing is written.</param>
    /// <param name="slot">The layer that takes what is on the class; null for the one that is placed.</param>
    public static RealExpression? Read(
        StageFlow flow, LayerDeclaration layer, string argument, double? otherwise, LayerDeclaration? slot = null)
    {
        var written = layer[argument];
        var anchor = Anchor(flow, layer, argument, slot);
        if (written is null && otherwise is { } value)
            return RealExpression.Of(value);
        if (written?.Text is { } text)
            return Parse(flow, anchor, text);
        if (written is { Word: null } && (written.Real ?? written.Number) is { } number && IsFinite(number))
            return RealExpression.Of(number);
        flow.Report(Rules.NotANumber, anchor, Found(written, argument));
        return null;
    }

    /// <summary>The number, checked to lie within bounds where it is a constant; null after a finding.</summary>
    public static RealExpression? Between(
        StageFlow flow,
        LayerDeclaration layer,
        string argument,
        double? otherwise,
        double least,
        double most)
    {
        var number = Read(flow, layer, argument, otherwise);
        if (number?.Value is not { } value || (value >= least && value <= most))
            return number;
        var bounds = double.IsInfinity(most) ? Text(least) : $"{Text(least)} and at most {Text(most)}";
        flow.Report(Rules.SizeNotPositive, Anchor(flow, layer, argument), argument, layer.Attribute, number.Code, bounds);
        return null;
    }

    /// <summary>What something is multiplied by, which is not 0; null after a finding.</summary>
    public static RealExpression? Factor(StageFlow flow, LayerDeclaration layer, string argument, double? otherwise)
    {
        var factor = Read(flow, layer, argument, otherwise);
        if (factor is not { Value: 0 })
            return factor;
        var remedy = argument == "Scale" ? "or for a branch that starts at 0 'Scale = BranchScale.SkipInit'"
            : $"or remove {layer.Attribute}";
        flow.Report(Rules.FactorOfZero, Anchor(flow, layer, argument), argument, layer.Attribute, remedy);
        return null;
    }

    /// <summary>The probability in an argument, from 0 to 1.</summary>
    public static RealExpression? Probability(StageFlow flow, LayerDeclaration layer, double otherwise = 0.5) =>
        Between(flow, layer, "Probability", otherwise, 0, 1);

    /// <summary>An attribute on the class has no place of its own among a stage's layers.</summary>
    private static Anchor Anchor(StageFlow flow, LayerDeclaration layer, string argument, LayerDeclaration? slot = null) =>
        Place(flow, layer) is { } own ? new(flow.StageIndex, own, argument)
        : slot is not null && Place(flow, slot) is { } place ? new(flow.StageIndex, place)
        : flow.Anchor;

    private static int? Place(StageFlow flow, LayerDeclaration layer)
    {
        for (var place = 0; place < flow.Stage.Layers.Count; place++)
        {
            if (ReferenceEquals(flow.Stage.Layers[place], layer))
                return place;
        }
        return null;
    }

    private static RealExpression? Parse(StageFlow flow, Anchor anchor, string text)
    {
        var model = flow.Model.Declaration;
        var number = RealParser.Parse(text, model.Parameters, model.SizeProperties, out var errors);
        foreach (var error in errors)
        {
            var exact = anchor.Argument is null ? anchor : anchor with { Start = error.Start, Length = error.Length };
            if (error.Kind == SizeErrorKind.UnboundName)
                flow.Report(Rules.UnboundName, exact, error.Name, model.Name, Known(model));
            else
                flow.Report(Rules.NotANumber, exact, text.Substring(error.Start, error.Length));
        }
        if (number?.Value is { } value && !IsFinite(value))
        {
            flow.Report(Rules.NotANumber, anchor, text);
            return null;
        }
        return number;
    }

    private static string Found(ArgumentDeclaration? written, string argument) =>
        written?.Word ?? (written?.Real is { } number ? Text(number) : argument);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    private static string Known(ModelDeclaration model) => string.Join(
        ", ",
        model.Parameters
            .Where(parameter => parameter.Kind is ParameterKind.Integer or ParameterKind.FloatingPoint)
            .Select(parameter => parameter.Name)
            .DefaultIfEmpty("none"));
}

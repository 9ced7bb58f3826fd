using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>Zeroes elements while training; in evaluation its result shares the input's memory.</summary>
public sealed class DropoutLayer : LayerKind
{
    public override string Attribute => "Dropout";

    public override string Kind => "dropout";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (Probability(flow, layer["Probability"]) is not { } probability)
            return;
        var field = flow.AddField(Kind, $"{TorchNames.Modules}.Dropout", $"{TorchNames.Functions}.Dropout({probability})");
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape) { OutputMayAliasInput = true },
            field,
            flow.ChannelAxis);
    }

    private static string? Probability(StageFlow flow, ArgumentDeclaration? written)
    {
        if (written?.Text is { } name)
            return Parameter(flow, name);
        var value = written?.Real ?? written?.Number ?? 0.5;
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        // What is not a number is not within the bounds either.
        if (value is >= 0 and <= 1)
            return text;
        flow.Report(Rules.SizeNotPositive, flow.Anchor with { Argument = "Probability" }, "Probability", "Dropout", text,
            "0 and at most 1");
        return null;
    }

    private static string? Parameter(StageFlow flow, string name)
    {
        var parameters = flow.Model.Declaration.Parameters
            .Where(parameter => parameter.Kind == ParameterKind.FloatingPoint)
            .ToList();
        if (parameters.FirstOrDefault(parameter => parameter.Name == name) is { } found)
            return found.Code;
        var known = string.Join(", ", parameters.Select(parameter => parameter.Name).DefaultIfEmpty("none"));
        flow.Report(Rules.UnboundName, flow.Anchor with { Argument = "Probability" }, name, flow.Model.Declaration.Name, known);
        return null;
    }
}

using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Definition;

/// <summary>
/// Reorders, splits and joins axes by a pattern in the grammar of einops; its result may share the input's memory.
/// </summary>
public sealed class RearrangeLayer : LayerKind
{
    public override string Attribute => "Rearrange";

    public override string Kind => "rearrange";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        var text = layer["Pattern"]?.Text ?? "";
        var anchor = flow.Anchor with { Argument = "Pattern" };
        if (AxisPattern.Parse(text, out var error) is not { } pattern)
        {
            flow.Report(Rules.PatternMalformed, anchor with { Start = error.Start, Length = error.Length }, error.Message);
            return;
        }
        if (flow.Shape is null)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        if (ReadSizes(flow, layer, pattern) is not { } sizes)
            return;
        var binding = new PatternBinding(flow, pattern, anchor);
        if (binding.Infer(sizes) is not { } output)
            return;
        if (ChannelAxis(flow, layer, output, binding) is not { } channelAxis)
            return;
        var arguments = sizes.Select(size => $", (\"{size.Key}\", {size.Value.Code})");
        var field = flow.AddField(Kind, "global::ModelDsl.Rearrangement",
            $"new global::ModelDsl.Rearrangement({SymbolDisplay.FormatLiteral(text, quote: true)}{string.Concat(arguments)})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", output) { OutputMayAliasInput = true },
            field,
            channelAxis,
            $"channels at axis {channelAxis}");
    }

    /// <summary>The sizes by the names of axes, <c>"p: patch, q: patch"</c>; null after a finding.</summary>
    private static Dictionary<string, SizeExpression>? ReadSizes(StageFlow flow, LayerDeclaration layer, AxisPattern pattern)
    {
        var sizes = new Dictionary<string, SizeExpression>();
        if (layer["Sizes"]?.Text is not { } text)
            return sizes;
        var anchor = flow.Anchor with { Argument = "Sizes" };
        var list = text.Length > SizeParser.LongestText ? null : SyntaxFactory.ParseArgumentList($"({text})");
        if (list is null or { ContainsDiagnostics: true } || list.Span.Length != text.Length + 2)
        {
            flow.Report(Rules.NotASize, anchor, text);
            return null;
        }
        var names = pattern.Left.SelectMany(group => group.Axes).Select(axis => axis.Name).Where(name => name != "...").ToList();
        foreach (var argument in list.Arguments)
        {
            var name = argument.NameColon?.Name.Identifier.ValueText;
            var place = argument.NameColon?.Name.Span ?? argument.Span;
            if (name is null || !names.Contains(name) || sizes.ContainsKey(name))
                flow.Report(
                    Rules.PatternMalformed,
                    anchor with { Start = place.Start - 1, Length = place.Length },
                    $"'{name ?? argument.ToString()}' is no further axis of the pattern; "
                        + $"write \"name: size\" with one of {string.Join(", ", names)}");
            else if (SizeParser.Parse(argument.Expression, flow.Model.Sizes, out var errors) is { } size)
                Keep(flow, sizes, name, size, anchor);
            else
                flow.Report(errors.Select(one => one with { Start = one.Start - 1 }), anchor, text, flow.Model.Sizes);
        }
        return flow.HasFailed ? null : sizes;
    }

    private static void Keep(
        StageFlow flow,
        Dictionary<string, SizeExpression> sizes,
        string name,
        SizeExpression size,
        Anchor anchor)
    {
        sizes.Add(name, size);
        if (size.Value?.Value < 1)
            flow.Report(Rules.SizeNotPositive, anchor, name, "Rearrange", $"{size.Value}", "1");
        else
            flow.Model.CheckPositive(flow.Stage.Name, size);
    }

    /// <summary>
    /// The axis that was said; else where the channels went; else, where they left the axes behind the batch, the one of an
    /// input of that rank.
    /// </summary>
    private static int? ChannelAxis(StageFlow flow, LayerDeclaration layer, Shape output, PatternBinding binding)
    {
        if (layer["ChannelAxis"]?.Number is not { } written)
            return binding.ChannelAxis(flow.ChannelAxis) is > 0 and var axis ? axis
                : output.Rank >= 4 ? 1 : output.Rank - 1;
        if (written >= -output.Rank && written < output.Rank)
            return (int)(written < 0 ? written + output.Rank : written);
        flow.Report(
            Rules.PatternDoesNotFit,
            flow.Anchor with { Argument = "ChannelAxis" },
            $"{written} is no axis of [{output}]; its axes are 0 to {output.Rank - 1}");
        return null;
    }
}

namespace ModelDsl.Definition;

/// <summary>Scales each channel by a gate over the means of all: <c>[N, C, H, W]</c>.</summary>
public sealed class SqueezeExciteKind : LayerKind
{
    private const long DefaultReduction = 16;

    public override string Attribute => "SqueezeExcite";

    public override string Kind => "squeeze_excite";

    public override bool HasWeight => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute) || !IsImage(flow))
            return;
        if (flow.KnownSize(flow.Shape![1], 1, "give the axis a size in [Shape]") is not { } channels
            || Squeezed(flow, layer, channels) is not { } squeezed
            || Option(flow, layer, "Activation", "ReLU", "activation") is not { } activation
            || Option(flow, layer, "Gate", "Sigmoid", "gate") is not { } gate)
            return;
        var field = flow.AddField(Kind, "global::ModelDsl.SqueezeExcite",
            $"new global::ModelDsl.SqueezeExcite({channels}, {squeezed}{activation}{gate})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape),
            field,
            channelAxis: 1,
            $"through {squeezed} channels");
    }

    private bool IsImage(StageFlow flow)
    {
        if (flow.Shape!.Rank == 4)
            return true;
        flow.Report(
            Rules.LayerDoesNotFit,
            flow.Anchor,
            Attribute,
            "feature maps [N, C, H, W]",
            $"{flow.Shape}",
            "it pools two axes");
        return false;
    }

    /// <summary>The channels as written, else a fraction of those that flow.</summary>
    private string? Squeezed(StageFlow flow, LayerDeclaration layer, string channels)
    {
        if (layer["Channels"] is not null)
            return flow.Size("Channels")?.Code;
        if (flow.Size("Reduction", SizeExpression.Of(DefaultReduction)) is not { } reduction)
            return null;
        if (reduction.Value is not { } divisor)
            return $"({channels}) / {reduction.Operand}";
        var squeezed = Size.Divide(flow.Shape![1]!, divisor);
        if (squeezed.Value is not < 1)
            return $"{squeezed}";
        flow.Report(Rules.SizeNotPositive, flow.Anchor, $"{flow.Shape[1]} / {divisor} channels", Attribute, $"{squeezed}", "1");
        return null;
    }

    /// <summary>C# of an activation by name, empty for the default; null after a finding.</summary>
    private string? Option(StageFlow flow, LayerDeclaration layer, string argument, string otherwise, string parameter)
    {
        const string Enumeration = "ActivationVariant.";
        if (layer[argument]?.Word is not { } word || word == $"{Enumeration}Inherit")
            return "";
        var chosen = Nonlinearities.Find(word.Substring(Enumeration.Length));
        if (chosen is { LayerType: null } && chosen.Options.All(option => option.Default is not null))
            return chosen.Attribute == otherwise ? "" : $", {parameter}: global::ModelDsl.Activation.{chosen.Attribute}()";
        flow.Report(
            Rules.OptionsDoNotGoTogether,
            flow.Anchor with { Argument = argument },
            $"{Attribute} can't apply {chosen?.Attribute ?? "a function of its own"}: take an activation that is a function "
                + "without options, such as SiLU");
        return null;
    }
}

namespace ModelDsl.Definition;

/// <summary>A normalization: <c>[Norm]</c>, or a variant in its place.</summary>
public sealed class NormalizationSlot(string attribute) : LayerKind
{
    private const string Layers = "global::ModelDsl.NormalizationLayers";

    public override string Attribute { get; } = attribute;

    public override string Kind => "norm";

    public override bool TakesLeadingAxes => true;

    public static bool IsSlot(LayerDeclaration layer) => LayerCatalogue.Find(layer.Attribute) is NormalizationSlot;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Shape is null || flow.ChannelAxis is not { } axis)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Stage.Input ?? "x", Attribute);
            return;
        }
        if (layer.Unfit is { } unfit)
        {
            flow.Report(Rules.NormalizationIsNoModule, flow.Anchor, ShortName(layer), unfit);
            return;
        }
        if (GroupsJudgment.Written(layer, flow.Anchor, isLayer: true).FirstOrDefault() is { } wrong)
        {
            flow.Report(wrong.Rule, wrong.Anchor, wrong.Arguments.ToArray());
            return;
        }
        if ((flow.Model.Declaration.Variant ?? flow.Model.Declaration.AssemblyVariant) is { } variant
            && (variant.Unfit is not null || GroupsJudgment.Written(variant, Anchor.Class, isLayer: false).Any()))
        {
            // Said at the class.
            flow.Stop();
            return;
        }
        var choice = NormalizationResolver.Resolve(flow.Model.Declaration, layer, flow.IsFeatureMap);
        if (!Fits(flow, choice) || flow.KnownSize(flow.Shape[axis], axis, "give the axis a size in [Shape]") is not { } channels)
            return;
        if (!choice.IsOpen && flow.Shape[axis]?.Value is { } count && count % choice.Divisor != 0)
        {
            flow.Report(Rules.GroupsDoNotDivide, flow.Anchor, $"{count}", choice.GroupText, Divisors.Of(count));
            return;
        }
        var (type, initializer) = Construct(flow.Site, choice, channels, flow.Shape.Rank, axis);
        var field = flow.AddField(Kind, type, initializer);
        if (choice.IsOpen || choice.Kind == NormalizationKind.Custom)
            flow.TagAsNormalization();
        flow.Path.Add(new(PathStepKind.Normalization, flow.Anchor, flow.Shape[axis], choice));
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape), field, axis, choice.Explanation);
    }

    /// <summary>The type of a choice's layer, and how it is built.</summary>
    internal static (string Type, string Initializer) Construct(
        string site,
        NormalizationChoice choice,
        string channels,
        int rank,
        int axis)
    {
        if (choice.IsOpen)
            return (TorchNames.AnyLayer, $"{Layers}.Open({choice.Code}, new(\"{site}\", {channels}, {rank}, {axis}))");
        var isFeatureMap = rank >= 3 && axis == 1;
        // TorchSharp has a type for each number of position axes; vectors have none and share that of one.
        var positions = Math.Max(1, rank - 2);
        return choice.Kind switch
        {
            NormalizationKind.Custom => (choice.Module!, $"new(new(\"{site}\", {channels}, {rank}, {axis}))"),
            NormalizationKind.Batch => Torch($"BatchNorm{positions}d", $"{channels}{choice.OptionArguments("eps")}"),
            NormalizationKind.Instance =>
                Torch($"InstanceNorm{positions}d", $"{channels}{choice.OptionArguments("eps")}, affine: true"),
            NormalizationKind.Layer when !isFeatureMap => choice.IsTracked
                ? Own("TrackedLayerNorm", site, $"{channels}{choice.OptionArguments("epsilon")}")
                : Torch("LayerNorm", $"{channels}{choice.OptionArguments("eps")}"),
            NormalizationKind.Layer => GroupNorm(site, choice, $"{channels}, groups: 1{choice.OptionArguments("epsilon")}"),
            _ => GroupNorm(site, choice, $"{channels}, {choice.GroupArguments}{choice.OptionArguments("epsilon")}"),
        };
    }

    /// <summary>TorchSharp leaves the affine of its GroupNorm uninitialised; the factory fills it.</summary>
    private static (string, string) GroupNorm(string site, NormalizationChoice choice, string arguments) => choice.IsTracked
        ? Own("TrackedGroupNorm", site, arguments)
        : ("global::ModelDsl.GroupNormLayer", $"{Layers}.GroupNorm(\"{site}\", {arguments})");

    private static (string, string) Own(string type, string site, string arguments) =>
        ($"global::ModelDsl.{type}", $"{Layers}.{type}(\"{site}\", {arguments})");

    private static (string, string) Torch(string type, string arguments) =>
        ($"{TorchNames.Modules}.{type}", $"{TorchNames.Functions}.{type}({arguments})");

    /// <summary>The module of a normalization of one's own without its namespace.</summary>
    internal static string ShortName(LayerDeclaration layer) =>
        layer.Module is { } module ? TorchNames.ShortName(module) : layer.Attribute;

    private static bool Fits(StageFlow flow, NormalizationChoice choice)
    {
        var rank = flow.Shape!.Rank;
        var fits = flow.Shape.IsOpen
            ? choice is { IsOpen: false, Kind: NormalizationKind.Layer }
            : choice.IsOpen || choice.Kind switch
            {
                NormalizationKind.Batch => rank == 2 || (flow.IsFeatureMap && rank <= FeatureMaps.LargestRank),
                NormalizationKind.Instance => flow.IsFeatureMap && rank <= FeatureMaps.LargestRank,
                NormalizationKind.Group => flow.IsFeatureMap,
                _ => true,
            };
        if (fits)
            return true;
        flow.Report(Rules.NormalizationDoesNotFit, flow.Anchor, $"{choice.Kind}Norm", $"{flow.Shape}");
        return false;
    }
}

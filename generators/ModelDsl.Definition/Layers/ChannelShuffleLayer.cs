namespace ModelDsl.Definition;

/// <summary>Mixes the channels of groups; any feature maps.</summary>
public sealed class ChannelShuffleLayer : LayerKind
{
    public override string Attribute => "ChannelShuffle";

    public override string Kind => "channel_shuffle";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute) || flow.Size("Groups") is not { } groups)
            return;
        var channels = flow.Shape![1];
        var isKnown = channels is not null && channels.Symbols().All(flow.IsKnownWhenBuilt);
        if (isKnown && !Divisibility.DivideIntoGroups(flow, groups, SizeExpression.Of(channels!)))
            return;
        var field = flow.AddField(
            Kind,
            $"{TorchNames.Modules}.ChannelShuffle",
            $"{TorchNames.Functions}.ChannelShuffle({groups.Code})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        // One group is what flows in.
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}})", flow.Shape) { OutputMayAliasInput = true },
            field,
            channelAxis: 1);
    }
}

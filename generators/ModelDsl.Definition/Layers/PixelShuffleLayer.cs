namespace ModelDsl.Definition;

/// <summary>Moves channels to positions: <c>[N, C r², H, W]</c> to <c>[N, C, H r, W r]</c>.</summary>
public sealed class PixelShuffleLayer : LayerKind
{
    public override string Attribute => "PixelShuffle";

    public override string Kind => "pixel_shuffle";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute, axes: 2) || flow.Size("Factor") is not { } factor)
            return;
        var (channels, square) = (flow.Shape![1], factor.Value is { } r ? r * r : null);
        if (!Divides(flow, channels, square))
            return;
        var shape = flow.Shape.With(1, channels is not null && square is not null ? Size.Divide(channels, square) : null);
        foreach (var axis in new[] { 2, 3 })
            shape = shape.With(axis, shape[axis] is { } size && factor.Value is { } times ? size * times : null);
        var field = flow.AddField(
            Kind,
            $"{TorchNames.Modules}.PixelShuffle",
            $"{TorchNames.Functions}.PixelShuffle({factor.Code})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape), field, channelAxis: 1);
    }

    private bool Divides(StageFlow flow, Size? channels, Size? square)
    {
        if (channels is null || square is null)
            return true;
        if (Divisibility.Remainder(channels, square) is not { } rest)
        {
            if (channels.Symbols().Concat(square.Symbols()).All(flow.IsKnownWhenBuilt))
                flow.Model.CheckMultiple(flow.Stage.Name, channels.ToString(), square.ToString());
            return true;
        }
        if (rest == 0)
            return true;
        flow.Report(
            Rules.LayerDoesNotFit,
            flow.Anchor,
            Attribute,
            $"a multiple of {square} channels",
            $"{flow.Shape}",
            $"give the layer before it {square} channels for each that is to come out");
        return false;
    }
}

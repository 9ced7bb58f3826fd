namespace ModelDsl.Definition;

/// <summary>Moves positions to channels: <c>[N, C, H r, W r]</c> to <c>[N, C r², H, W]</c>.</summary>
public sealed class PixelUnshuffleLayer : LayerKind
{
    public override string Attribute => "PixelUnshuffle";

    public override string Kind => "pixel_unshuffle";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute, axes: 2) || flow.Size("Factor") is not { } factor)
            return;
        var shape = flow.Shape!;
        foreach (var axis in new[] { 2, 3 })
        {
            if (shape[axis]?.Value is { } count && factor.Value?.Value is { } divisor && count % divisor != 0)
            {
                flow.Report(
                    Rules.LayerDoesNotFit,
                    flow.Anchor,
                    Attribute,
                    $"positions that are a multiple of {divisor}",
                    $"{flow.Shape}",
                    "pad the map, or choose a factor that divides it");
                return;
            }
            shape = shape.With(axis, shape[axis] is { } size && factor.Value is { } by ? Size.Divide(size, by) : null);
        }
        shape = shape.With(1, shape[1] is { } channels && factor.Value is { } r ? channels * r * r : null);
        var field = flow.AddField(
            Kind,
            $"{TorchNames.Modules}.PixelUnshuffle",
            $"{TorchNames.Functions}.PixelUnshuffle({factor.Code})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape), field, channelAxis: 1);
    }
}

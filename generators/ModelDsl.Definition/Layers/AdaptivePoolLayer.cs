namespace ModelDsl.Definition;

/// <summary>Pooling to a given number of positions: <c>[N, C, H, W]</c> to <c>[N, C, output size]</c>.</summary>
/// <param name="function">What is computed of a window: <c>Max</c> or <c>Avg</c>.</param>
/// <param name="axes">The number of position axes.</param>
public sealed class AdaptivePoolLayer(string function, int axes) : LayerKind
{
    public override string Attribute { get; } = $"Adaptive{function}Pool{axes}d";

    public override string Kind { get; } = $"adaptive_{function.ToLowerInvariant()}_pool";

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (!FeatureMaps.Require(flow, Attribute, axes) || AxisArguments.Read(flow, layer, "OutputSize", axes) is not { } sizes)
            return;
        var shape = flow.Shape!;
        for (var axis = 0; axis < axes; axis++)
            shape = shape.With(axis + 2, sizes[axis].Value);
        var (type, factory) = Construct(sizes);
        var field = flow.AddField(Kind, type, factory);
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(new(flow.Local(Kind), $"{field.Name}.call({{0}})", shape), field, channelAxis: 1);
    }

    /// <summary>Of maxima over several axes TorchSharp has the form with an array only, and over three none that works.</summary>
    private (string Type, string Factory) Construct(AxisSizes sizes)
    {
        if (function == "Max" && axes == 3)
            return ("global::ModelDsl.AdaptiveMaxPool3d", $"new{sizes.Code(axes, asTuple: true)}");
        var output = function == "Max" && axes > 1 ? sizes.Array(axes) : sizes.Code(axes, asTuple: !sizes.IsUniform);
        return ($"{TorchNames.Modules}.{Attribute}", $"{TorchNames.Functions}.{Attribute}({output})");
    }
}

namespace ModelDsl.Definition;

/// <summary>An unrolled path in the terms of <see cref="SignalPredictor"/>; null where it holds what the theory doesn't know.</summary>
internal static class SignalTranslation
{
    /// <param name="path">The layers, with constant sizes.</param>
    /// <param name="choose">The normalization to predict with in the place of each.</param>
    public static EquatableArray<SignalLayer>? Translate(IEnumerable<PathStep> path, Func<NormalizationChoice, NormalizationChoice> choose)
    {
        var layers = new List<SignalLayer>();
        foreach (var step in path)
        {
            // The predictor's head averages and sends every position the same gradient: a linear layer ends the path.
            if (step.Kind == PathStepKind.Linear)
                break;
            if (Translate(step, choose) is not { } layer)
                return null;
            layers.Add(layer);
        }
        return layers.ToEquatableArray();
    }

    private static SignalLayer? Translate(PathStep step, Func<NormalizationChoice, NormalizationChoice> choose) => step.Kind switch
    {
        PathStepKind.Convolution when step is { Kernel.Value: { } kernel, Stride.Value: { } stride, Padding.Value: { } padding } =>
            new ConvolutionSignal((int)kernel, (int)stride, (int)padding),
        PathStepKind.Normalization when step.Channels?.Value is { } channels => Normalization(choose(step.Normalization!), channels),
        PathStepKind.Activation => new ActivationSignal(),
        PathStepKind.Pooling when step.Stride?.Value is { } stride => new PoolSignal((int)stride),
        PathStepKind.Residual => Residual(step, choose),
        _ => null,
    };

    private static NormalizationSignal? Normalization(NormalizationChoice choice, long channels) => choice.Kind switch
    {
        NormalizationKind.Batch => NormalizationSignal.Batch,
        NormalizationKind.Instance => NormalizationSignal.Instance,
        NormalizationKind.Layer or NormalizationKind.Group => NormalizationSignal.Group((int)Math.Max(1, choice.ChannelsInGroup(channels))),
        _ => null,
    };

    private static ResidualSignal? Residual(PathStep step, Func<NormalizationChoice, NormalizationChoice> choose)
    {
        if (Translate(step.Inner, choose) is not { } branch)
            return null;
        if (step.Identity is null || step.Identity.Truth() == true)
            return new(branch);
        if (step.Identity.Truth() is null || step.Normalization is null || step is not { Channels.Value: { } channels, Stride.Value: { } stride })
            return null;
        return Normalization(choose(step.Normalization), channels) is { } norm
            ? new(branch, new SignalLayer[] { new ConvolutionSignal(1, (int)stride, 0), norm }.ToEquatableArray())
            : null;
    }
}

namespace ModelDsl.Definition;

/// <summary>
/// An unrolled path in the terms of <see cref="SignalPredictor"/>; null where it holds what the theory doesn't know.
/// </summary>
internal static class SignalTranslation
{
    private const int Largest = 16_384;

    /// <param name="path">The layers, with constant sizes.</param>
    /// <param name="choose">The normalization to predict with in the place of each.</param>
    public static EquatableArray<SignalLayer>? Translate(
        IEnumerable<PathStep> path,
        Func<NormalizationChoice, NormalizationChoice> choose)
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

    private static SignalLayer? Translate(
        PathStep step,
        Func<NormalizationChoice, NormalizationChoice> choose) => step.Kind switch
    {
        PathStepKind.Convolution => Convolution(step),
        PathStepKind.Normalization => Normalization(choose(step.Normalization!), step.Channels),
        PathStepKind.Activation => new ActivationSignal(),
        PathStepKind.Pooling when Small(step.Stride) is { } stride and > 0 => new PoolSignal(stride),
        PathStepKind.Residual => Residual(step, choose),
        _ => null,
    };

    private static ConvolutionSignal? Convolution(PathStep step) =>
        Small(step.Kernel) is { } kernel and > 0 && Small(step.Stride) is { } stride and > 0 && Small(step.Padding) is { } padding
            ? new(kernel, stride, padding)
            : null;

    private static NormalizationSignal? Normalization(NormalizationChoice choice, Size? channels) => choice.Kind switch
    {
        NormalizationKind.Batch => NormalizationSignal.Batch,
        NormalizationKind.Instance => NormalizationSignal.Instance,
        // The theory knows no norm of each position.
        NormalizationKind.Layer when choice.Over is LayerNormOver.Channels or LayerNormOver.LastAxes => null,
        NormalizationKind.Layer or NormalizationKind.Group when Small(channels) is { } count and > 0 =>
            NormalizationSignal.Group((int)Math.Max(1, Math.Min(count, choice.ChannelsInGroup(count)))),
        _ => null,
    };

    private static ResidualSignal? Residual(PathStep step, Func<NormalizationChoice, NormalizationChoice> choose)
    {
        if (Translate(step.Inner, choose) is not { } branch)
            return null;
        if (!step.HasProjection || step.Identity?.Truth() == true)
            return new(branch);
        if (step.Identity?.Truth() is null || step.Normalization is null || Small(step.Stride) is not { } stride || stride < 1)
            return null;
        return Normalization(choose(step.Normalization), step.Channels) is { } norm
            ? new(branch, new SignalLayer[] { new ConvolutionSignal(1, stride, 0), norm }.ToEquatableArray())
            : null;
    }

    /// <summary>
    /// A number that a network of today can have; what is larger was mistyped, and the theory would take hours over it.
    /// </summary>
    internal static int? Small(Size? size) => size?.Value is { } value and >= 0 and <= Largest ? (int)value : null;
}

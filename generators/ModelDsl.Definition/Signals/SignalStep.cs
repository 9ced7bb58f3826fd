namespace ModelDsl.Definition;

/// <summary>One layer's part in a prediction: the statistics forward, then the gradient backward through what was seen.</summary>
internal abstract class SignalStep
{
    public abstract SignalField Forward(SignalField input, SignalRecording recording);

    public abstract GradientField Backward(GradientField gradient);

    /// <summary>Gradient energies at the outputs of this step's convolutions on the main path, first to last.</summary>
    public virtual IEnumerable<double> MainPathGradients() => [];

    public static SignalStep Of(SignalLayer layer) => layer switch
    {
        ConvolutionSignal convolution => new ConvolutionStep(convolution),
        NormalizationSignal normalization => new NormalizationStep(normalization),
        ActivationSignal => new ActivationStep(),
        PoolSignal pool => new PoolStep(pool),
        ResidualSignal residual => new ResidualStep(residual),
        _ => throw new NotSupportedException($"No theory for {layer.GetType().Name}."),
    };
}

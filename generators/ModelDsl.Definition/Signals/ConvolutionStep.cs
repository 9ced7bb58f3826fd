namespace ModelDsl.Definition;

/// <summary>
/// A convolution with He fan-in weights: it doubles the energy both ways, less what padding costs, and leaves a Gaussian field.
/// </summary>
internal sealed class ConvolutionStep(ConvolutionSignal convolution) : SignalStep
{
    private BorderLoss? _border;
    private double _gradientEnergy;

    public override SignalField Forward(SignalField input, SignalRecording recording)
    {
        recording.Convolutions++;
        _border = new BorderLoss(convolution, input.Edge);
        var moments = input.Moments;
        var gain = 2 * _border.KeptEnergy;
        var output = new PairMoments(
            gain * moments.Energy,
            gain * _border.SharedForward * moments.Positions,
            gain * moments.Examples,
            gain * _border.SharedForward * moments.Both);
        return SignalField.Gaussian(output, _border.OutputEdge, recording.Normals);
    }

    public override GradientField Backward(GradientField gradient)
    {
        _gradientEnergy = gradient.Energy;
        if (_gradientEnergy == 0)
            return gradient;

        var energy = 2 * _border!.KeptEnergy * _gradientEnergy;
        return GradientField.Uniform(energy, energy * _border.SharedBackward(gradient.Pair / _gradientEnergy));
    }

    public override IEnumerable<double> MainPathGradients() => [_gradientEnergy];
}

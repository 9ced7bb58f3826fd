namespace ModelDsl.Definition;

/// <summary>The sum of branch and shortcut: moments add forward, energies add backward.</summary>
internal sealed class ResidualStep(ResidualSignal residual) : SignalStep
{
    private readonly SignalSteps _branch = new(residual.Branch);
    private readonly SignalSteps _shortcut = new(residual.Shortcut);

    public override SignalField Forward(SignalField input, SignalRecording recording)
    {
        var shortcut = _shortcut.Forward(input, recording);
        return SignalField.Sum(shortcut, _branch.Forward(input, recording));
    }

    public override GradientField Backward(GradientField gradient) => _branch.Backward(gradient) + _shortcut.Backward(gradient);

    public override IEnumerable<double> MainPathGradients() => _branch.MainPathGradients();
}

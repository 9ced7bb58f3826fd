namespace ModelDsl.Definition;

/// <summary>Steps one after another.</summary>
internal sealed class SignalSteps(IReadOnlyList<SignalLayer> layers) : SignalStep
{
    private readonly SignalStep[] _steps = layers.Select(Of).ToArray();

    public override SignalField Forward(SignalField input, SignalRecording recording) =>
        _steps.Aggregate(input, (field, step) => step.Forward(field, recording));

    public override GradientField Backward(GradientField gradient)
    {
        for (var index = _steps.Length - 1; index >= 0; index--)
            gradient = _steps[index].Backward(gradient);
        return gradient;
    }

    public override IEnumerable<double> MainPathGradients() => _steps.SelectMany(step => step.MainPathGradients());
}

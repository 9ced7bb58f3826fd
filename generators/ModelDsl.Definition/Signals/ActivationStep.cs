namespace ModelDsl.Definition;

/// <summary>ReLU.</summary>
internal sealed class ActivationStep : SignalStep
{
    private SignalField? _input;

    public override SignalField Forward(SignalField input, SignalRecording recording)
    {
        _input = input;
        var output = input.Rectified();
        recording.LastActivation = output.Moments;
        return output;
    }

    public override GradientField Backward(GradientField gradient) => gradient.Masked(_input!.Values);
}

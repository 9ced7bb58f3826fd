namespace ModelDsl.Definition;

/// <summary>Pooling: a smaller map with the same statistics.</summary>
internal sealed class PoolStep(PoolSignal pool) : SignalStep
{
    public override SignalField Forward(SignalField input, SignalRecording recording) =>
        input.WithEdge(input.Edge is { } edge ? Math.Max(1, edge / pool.Stride) : null);

    public override GradientField Backward(GradientField gradient) => gradient;
}

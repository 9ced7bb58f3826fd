namespace ModelDsl.Definition;

/// <summary>A ReLU.</summary>
public sealed record ActivationSignal : SignalLayer;

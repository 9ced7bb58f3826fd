namespace ModelDsl.Definition;

/// <summary>A pooling layer inside the net: it shrinks the map, and its effect on statistics is ignored.</summary>
public sealed record PoolSignal(int Stride = 2) : SignalLayer;

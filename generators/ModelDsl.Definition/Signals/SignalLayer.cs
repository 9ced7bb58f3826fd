namespace ModelDsl.Definition;

/// <summary>One layer of a convolution net, with all numbers known, as far as it matters to signals at initialisation.</summary>
public abstract record SignalLayer;

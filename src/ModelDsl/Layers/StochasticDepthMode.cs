namespace ModelDsl;

/// <summary>What <see cref="StochasticDepth"/> drops together.</summary>
public enum StochasticDepthMode
{
    /// <summary>Each example on its own.</summary>
    Row,

    /// <summary>The whole batch.</summary>
    Batch,
}

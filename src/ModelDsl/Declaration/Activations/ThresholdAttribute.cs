namespace ModelDsl;

/// <summary>x where x exceeds a threshold, else a fixed value. Any shape.</summary>
/// <remarks>
/// <code>
/// [Linear(64), Threshold(0.1, 20)]   // linear.threshold(0.1, 20)
/// </code>
/// </remarks>
public sealed class ThresholdAttribute : NonlinearityAttribute
{
    /// <summary>x where it exceeds <paramref name="limit"/>, else <paramref name="value"/>.</summary>
    public ThresholdAttribute(double limit, double value) => (Limit, Value) = (limit, value);

    /// <summary>The same with expressions over parameters.</summary>
    public ThresholdAttribute(string limit, string value) => (Limit, Value) = (limit, value);

    /// <summary>The threshold. A number or an expression.</summary>
    public object Limit { get; }

    /// <summary>What stands where x does not exceed it. A number or an expression.</summary>
    public object Value { get; }
}

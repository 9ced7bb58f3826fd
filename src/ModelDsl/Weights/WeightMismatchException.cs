namespace ModelDsl;

/// <summary>A file of weights that doesn't fit the model. Nothing of it was loaded.</summary>
public sealed class WeightMismatchException : Exception
{
    internal WeightMismatchException(string message, WeightReport report)
        : base(OneLine.Of(message)) =>
        Report = report;

    /// <summary>All that doesn't fit; <see cref="WeightReport.Loaded"/> is what would have been loaded.</summary>
    public WeightReport Report { get; }
}

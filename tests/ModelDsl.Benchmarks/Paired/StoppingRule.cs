namespace ModelDsl.Benchmarks.Paired;

/// <summary>When a comparison has enough pairs.</summary>
/// <param name="Tolerance">The width of the 95 % interval of the ratio that is narrow enough.</param>
/// <param name="Limit">The time after which it ends anyway.</param>
/// <param name="Clock">The time that decides.</param>
internal sealed record StoppingRule(double Tolerance, TimeSpan Limit, Clock Clock);

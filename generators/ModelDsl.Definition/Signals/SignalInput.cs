namespace ModelDsl.Definition;

/// <summary>
/// What enters the net: maps of <see cref="Edge"/> x <see cref="Edge"/> positions (null: unknown, taken as endless) whose values
/// are independent with the given mean square: 1 for standardised images, 1/3 for values uniform in [-1, 1].
/// </summary>
public sealed record SignalInput(int? Edge = null, double MeanSquare = 1);

namespace ModelDsl;

/// <summary>A name before and after a rule.</summary>
/// <param name="From">Before.</param>
/// <param name="To">After.</param>
public sealed record RenamedWeight(string From, string To);

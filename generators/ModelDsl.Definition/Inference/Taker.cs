namespace ModelDsl.Definition;

/// <summary>
/// What an operation calls that frees a tensor given up to it at its last use, instead of holding it to its end.
/// </summary>
/// <param name="Field">The field of the block or blocks; null for a stage of the same model.</param>
/// <param name="IsCertain">Whether the tensor is gone when the call is over: a block with hooks leaves it to its caller.</param>
public sealed record Taker(string? Field, bool IsCertain);

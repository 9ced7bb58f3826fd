namespace ModelDsl;

/// <summary>What a new layer has of the one whose place it took.</summary>
/// <param name="Kept">The old names of what was kept.</param>
/// <param name="Note">What else there is to know, or null.</param>
internal sealed record TransferredState(IReadOnlyList<string> Kept, string? Note);

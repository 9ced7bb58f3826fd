namespace ModelDsl.Definition;

/// <summary>
/// A slot for a normalization with the layers of its stage that its choice may change, by their places in the stage. Which they
/// are follows from the declared layers alone, so that one attribute changes and the units stay.
/// </summary>
/// <param name="Slot">The slot.</param>
/// <param name="Host">The layer whose weight a parametric variant normalizes; null where there is none.</param>
/// <param name="Obstacle">The attribute that was met instead of a host: a layer with a weight that none can normalize.</param>
/// <param name="Activation">The activation that belongs to the slot; null where there is none.</param>
/// <param name="Shortcut">A shortcut directly behind the slot that adds without more ado; null where there is none.</param>
/// <param name="Next">The layer behind slot and shortcut; null at the end of the stage.</param>
internal sealed record NormalizationUnit(int Slot, int? Host, string? Obstacle, int? Activation, int? Shortcut, int? Next)
{
    /// <summary>The shortcut whose branch the slot ends, where the branch is to start at zero; null elsewhere.</summary>
    public int? ZeroInit { get; init; }

    /// <summary>
    /// Whether the host stands at the end of that branch, so that its gain is the scale which starts at zero where weights are
    /// normalized.
    /// </summary>
    public bool HostEndsBranch { get; init; }

    /// <summary>Whether the activation follows the slot, or the shortcut directly behind it, at once.</summary>
    public bool IsAdjacent => Activation is not null && Activation == Next;
}

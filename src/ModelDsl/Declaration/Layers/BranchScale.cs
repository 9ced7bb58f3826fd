namespace ModelDsl;

/// <summary>Ways to scale a residual branch that are no fixed number.</summary>
public enum BranchScale
{
    /// <summary>Not scaled.</summary>
    None = 0,

    /// <summary>
    /// SkipInit (De and Smith 2020): by a learned number, one for the whole branch, that starts at
    /// <see cref="ShortcutAttribute.Initial"/>, so that the residual is the identity at first.
    /// </summary>
    SkipInit = 1,
}

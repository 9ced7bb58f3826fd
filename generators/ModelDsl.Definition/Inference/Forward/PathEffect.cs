namespace ModelDsl.Definition;

/// <summary>What a tensor operation does to a signal.</summary>
internal enum PathEffect
{
    /// <summary>What no judgment knows.</summary>
    Unknown,

    /// <summary>Nothing: the same elements in another arrangement.</summary>
    None,

    /// <summary>A rectifier or one of its relatives.</summary>
    Activation,
}

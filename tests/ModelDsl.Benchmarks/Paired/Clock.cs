namespace ModelDsl.Benchmarks.Paired;

/// <summary>Which time a step takes.</summary>
internal enum Clock
{
    /// <summary>Elapsed time.</summary>
    Wall,

    /// <summary>Time of all threads on a processor, which other processes on the machine disturb less.</summary>
    Processor,
}

namespace ModelDsl.Kernels;

/// <summary>Takes the moments of every channel of every example, which are the items.</summary>
internal unsafe struct RunMeasurement : IParallelWork
{
    public required float* Input;

    /// <summary>The length of a run.</summary>
    public required int Positions;

    /// <summary>The moments of each item, written.</summary>
    public required RunMoments* Moments;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
            Moments[item] = RunMoments.Of(Input + (long)item * Positions, Positions, Positions);
    }
}

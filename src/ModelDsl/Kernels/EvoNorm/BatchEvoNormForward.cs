namespace ModelDsl.Kernels;

/// <summary>
/// The forward pass of the EvoNorms B0, B1 and B2 with statistics that are known; an item is a channel of an example.
/// </summary>
internal unsafe struct BatchEvoNormForward : IParallelWork
{
    public required int Channels;
    public required int Positions;
    public required float* Input;
    public required float* Output;
    public required float* Weight;
    public required float* Bias;

    /// <summary>What each item is divided by.</summary>
    public required Divisor* Divisors;

    public readonly void Do(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            var (channel, at) = (item % Channels, (long)item * Positions);
            DividedRuns.Write(Input + at, Output + at, Positions, Divisors[item], Weight[channel], Bias[channel]);
        }
    }
}

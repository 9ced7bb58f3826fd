namespace ModelDsl.Kernels;

/// <summary>
/// Where an example was summed in several slices: adds them into the first and takes the squared norm; an item is an example.
/// </summary>
internal struct RowExampleSums : IParallelWork
{
    public required RowSlices Slices;
    public required RowParameterSums Sums;
    public required RowSquaredNorms SquaredNorms;

    public readonly unsafe void Do(int first, int end)
    {
        for (var example = first; example < end; example++)
        {
            var slice = example * Slices.InExample;
            for (var part = 1; part < Slices.InExample; part++)
                Sums.Add(slice + part, slice);
            SquaredNorms.Take(example, Sums.Of(slice));
        }
    }
}

namespace ModelDsl.Kernels;

/// <summary>
/// The rows of a batch in slices, each of which sums its parameter gradients by itself: either some whole examples, or a part
/// of one where there are few. It depends on the shape alone, so that the sums are the same to the bit for any number of threads.
/// </summary>
internal readonly record struct RowSlices
{
    private const int FewestSlices = 32;
    private const int MostSlices = 64;
    private const int FewestRows = 8;

    /// <summary>Enough for the threads of most machines where there are few rows.</summary>
    private const int LeastSlices = 8;

    private readonly int _examples;
    private readonly int _rowsInExample;

    public RowSlices(int examples, int rowsInExample)
    {
        (_examples, _rowsInExample) = (examples, rowsInExample);
        var wanted = (FewestSlices + examples - 1) / examples;
        InExample = Math.Clamp(wanted, 1, Math.Max(1, rowsInExample / FewestRows));
        // A slice's sums are as long as two rows: with few rows in each they would outgrow the input.
        var affordable = Math.Clamp((long)examples * rowsInExample / FewestRows, LeastSlices, MostSlices);
        Count = InExample > 1 ? examples * InExample : (int)Math.Min(examples, affordable);
    }

    /// <summary>How many slices there are.</summary>
    public int Count { get; }

    /// <summary>How many slices make an example; 1: a slice is one or more whole examples.</summary>
    public int InExample { get; }

    /// <summary>How many sums they need: one for each, and one more each where a slice holds several examples.</summary>
    public int SumCount => InExample == 1 && Count < _examples ? 2 * Count : Count;

    /// <summary>The first example of a slice.</summary>
    public int Example(int slice) =>
        InExample > 1 ? slice / InExample : (int)((long)slice * _examples / Count);

    /// <summary>The first row of a slice; that of the slice behind the last is the number of rows.</summary>
    public int Row(int slice)
    {
        var part = (long)(slice % InExample) * _rowsInExample / InExample;
        return Example(slice) * _rowsInExample + (int)part;
    }

    /// <summary>The first row of an example.</summary>
    public int RowOfExample(int example) => example * _rowsInExample;
}

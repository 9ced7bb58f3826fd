namespace ModelDsl.Training;

/// <summary>How often each class was taken for each.</summary>
/// <param name="classes">The names of the classes.</param>
public sealed class ConfusionMatrix(IReadOnlyList<string> classes)
{
    private readonly long[,] _counts = new long[classes.Count, classes.Count];

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; } = classes;

    /// <summary>How often class <paramref name="actual"/> was taken for <paramref name="predicted"/>.</summary>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>The number of predictions.</summary>
    public long Count => Sum(_ => true, _ => true);

    /// <summary>The share of predictions that are right, or NaN where there are none.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes.Count).Sum(c => _counts[c, c]) / Count;

    /// <summary>Counts one prediction.</summary>
    public void Add(long actual, long predicted) => Add(actual, predicted, 1);

    internal void Add(long actual, long predicted, long count) => _counts[actual, predicted] += count;

    /// <summary>Precision, recall and count of every class.</summary>
    public IReadOnlyList<ClassResult> PerClass() => [.. Enumerable.Range(0, Classes.Count).Select(ResultOf)];

    private ClassResult ResultOf(int index)
    {
        var right = _counts[index, index];
        var predicted = Sum(_ => true, column => column == index);
        var actual = Sum(row => row == index, _ => true);
        return new(Classes[index], Share(right, predicted), Share(right, actual), actual);
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;

    private long Sum(Func<int, bool> rows, Func<int, bool> columns)
    {
        var sum = 0L;
        for (var row = 0; row < Classes.Count; row++)
        {
            for (var column = 0; column < Classes.Count; column++)
                sum += rows(row) && columns(column) ? _counts[row, column] : 0;
        }
        return sum;
    }
}

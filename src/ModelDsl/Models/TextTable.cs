using System.Text;

namespace ModelDsl;

/// <summary>Rows of text in columns.</summary>
internal static class TextTable
{
    /// <summary>Writes rows, the first of which are the titles, as lines.</summary>
    /// <param name="rows">The rows, all of the same number of cells.</param>
    /// <param name="numbers">From which column on cells stand on the right.</param>
    public static string Write(IReadOnlyList<string[]> rows, int numbers = int.MaxValue)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendLine(string.Join(
                "  ",
                row.Select((cell, column) => column < numbers
                    ? cell.PadRight(widths[column])
                    : cell.PadLeft(widths[column]))).TrimEnd());
        return text.ToString();
    }
}

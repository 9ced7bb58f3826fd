namespace ModelDsl;

/// <summary>Writes files that are either complete or untouched.</summary>
public static class AtomicFile
{
    /// <summary>The end of the name of a file that is being written; a process that was killed leaves it behind.</summary>
    internal const string UnfinishedExtension = ".tmp";

    /// <summary>
    /// Writes beside <paramref name="path"/>, flushes to the disk and moves into place: what was there before stays until the new
    /// content is safe, also where the machine loses its power. Missing folders are made.
    /// </summary>
    public static void Write(string path, Action<Stream> write) => Write([(path, write)]);

    /// <summary>
    /// Writes files that belong together, of which the last says what the others are: all of them are written and flushed
    /// beside their places before the first is moved, and the last is absent while the others are moved, so that no reader takes
    /// new files for old ones.
    /// </summary>
    internal static void Write(IReadOnlyList<(string Path, Action<Stream> Write)> files)
    {
        var moves = new List<(string From, string To)>();
        try
        {
            foreach (var (path, write) in files)
            {
                var target = Path.GetFullPath(path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                var unfinished = $"{target}.{Guid.NewGuid():N}{UnfinishedExtension}";
                moves.Add((unfinished, target));
                using var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write);
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (moves.Count > 1)
                File.Delete(moves[^1].To);
            foreach (var (from, to) in moves)
                File.Move(from, to, overwrite: true);
            foreach (var folder in moves.Select(move => Path.GetDirectoryName(move.To)!).Distinct())
                FolderFlush.Flush(folder);
        }
        finally
        {
            foreach (var (from, _) in moves)
                File.Delete(from);
        }
    }
}

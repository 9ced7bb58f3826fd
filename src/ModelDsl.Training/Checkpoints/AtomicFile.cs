namespace ModelDsl.Training;

/// <summary>Writes files that are either complete or untouched.</summary>
public static class AtomicFile
{
    /// <summary>The end of the name of a file that is being written; a process that was killed leaves it behind.</summary>
    internal const string UnfinishedExtension = ".tmp";

    /// <summary>
    /// Writes beside <paramref name="path"/>, flushes to the disk and moves into place: what was there before stays until the new
    /// content is safe, also where the machine loses its power. Missing folders are made.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var unfinished = $"{target}.{Guid.NewGuid():N}{UnfinishedExtension}";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, target, overwrite: true);
            FolderFlush.Flush(folder);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}

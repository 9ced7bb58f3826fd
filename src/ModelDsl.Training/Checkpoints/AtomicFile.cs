namespace ModelDsl.Training;

/// <summary>Writes files that are either complete or untouched.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes beside <paramref name="path"/>, flushes to the disk and moves into place: what was there before stays until the new
    /// content is safe. Missing folders are made.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}

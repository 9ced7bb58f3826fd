using Microsoft.Win32.SafeHandles;

namespace ModelDsl;

/// <summary>A file that is read by positions, never beyond its length.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private InputFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    public string Path { get; }

    public long Length { get; }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">It is a folder.</exception>
    public static InputFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Directory.Exists(path)
            ? throw new WeightFileException(path, "is a folder; name a file in it, such as model.safetensors.")
            : new(path, File.OpenHandle(path));
    }

    /// <summary>Fills a span from a place in the file.</summary>
    /// <exception cref="WeightFileException">The file ends before it.</exception>
    public void Read(Span<byte> bytes, long offset, string what)
    {
        while (bytes.Length > 0)
        {
            var count = offset < 0 ? 0 : RandomAccess.Read(_handle, bytes, offset);
            if (count == 0)
                throw Wrong($"ends at offset {Length}, before the end of {what}; the file is incomplete.");
            bytes = bytes[count..];
            offset += count;
        }
    }

    /// <summary>At most as many bytes as there are.</summary>
    public int ReadSome(Span<byte> bytes, long offset) => RandomAccess.Read(_handle, bytes, offset);

    public WeightFileException Wrong(string problem, Exception? cause = null) => new(Path, problem, cause);

    public void Dispose() => _handle.Dispose();
}

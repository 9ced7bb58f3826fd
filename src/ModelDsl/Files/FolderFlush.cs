using System.Runtime.InteropServices;
using System.Text;

namespace ModelDsl;

/// <summary>Makes a renaming last: on Unix the name of a file is content of its folder, which .NET can't flush.</summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Flushes the entries of <paramref name="folder"/> to the disk. A file system that can't do it is no error: the file itself
    /// is flushed. Windows needs it not.
    /// </summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (descriptor < 0)
            return;
        _ = Synchronize(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}

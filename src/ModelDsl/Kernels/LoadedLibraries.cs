using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>The native libraries that libtorch has loaded, and what they export.</summary>
internal static class LoadedLibraries
{
    private static readonly List<string> Files = List();

    /// <summary>The loaded files whose names begin so.</summary>
    public static List<string> Find(string name) =>
        Files.FindAll(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal));

    /// <summary>A loaded library; 0 where there is none.</summary>
    public static nint Open(string? path) => path is not null && NativeLibrary.TryLoad(path, out var library) ? library : 0;

    /// <summary>The address of a function; 0 where the library lacks it.</summary>
    public static nint Export(nint library, string name) =>
        library != 0 && NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;

    /// <summary>The files that the process has loaded; none where the system does not tell.</summary>
    private static List<string> List()
    {
        InitializeDeviceType(DeviceType.CPU);
        try
        {
            using var process = Process.GetCurrentProcess();
            return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
        }
        catch (Exception exception)
            when (exception is Win32Exception or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

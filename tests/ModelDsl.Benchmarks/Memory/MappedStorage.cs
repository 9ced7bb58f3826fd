using System.Globalization;
using System.Runtime.InteropServices;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>
/// The bytes that glibc's <c>malloc</c> holds in mappings of their own. With <see cref="Environment"/> each block of more than
/// <see cref="Threshold"/> bytes is one, so that they are the tensors and libtorch's buffers to the page, and what the runtime of
/// .NET takes is not among them.
/// </summary>
internal static partial class MappedStorage
{
    /// <summary>Smaller blocks are not seen, and among them are those of .NET's compiler.</summary>
    public const int Threshold = 256 * 1024;

    private const string PeakEntry = "max mmap bytes";

    /// <summary>What a process that measures must be started with.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["MALLOC_MMAP_THRESHOLD_"] = Threshold.ToString(CultureInfo.InvariantCulture),
        ["MALLOC_MMAP_MAX_"] = "1000000",
    };

    /// <summary>The bytes now.</summary>
    public static long Current() => (long)Information().MappedBytes;

    /// <summary>Writes <c>malloc</c>'s own report to the process's standard error; its peak is <see cref="ReadPeak"/>.</summary>
    [LibraryImport("libc", EntryPoint = "malloc_stats")]
    public static partial void Report();

    /// <summary>The most bytes that there were at once since the process began.</summary>
    /// <exception cref="FormatException">It is no report of glibc's.</exception>
    public static long ReadPeak(string report)
    {
        var line = report.Split('\n').LastOrDefault(line => line.StartsWith(PeakEntry, StringComparison.Ordinal))
            ?? throw new FormatException("malloc_stats did not report the peak of mapped bytes; this needs glibc.");
        return long.Parse(line.AsSpan(line.IndexOf('=', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallocInformation Information();

    /// <summary>glibc's <c>struct mallinfo2</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInformation
    {
        private readonly nuint _arena;
        private readonly nuint _freeChunks;
        private readonly nuint _fastChunks;
        private readonly nuint _mappings;
        public readonly nuint MappedBytes;
        private readonly nuint _unused;
        private readonly nuint _fastBytes;
        private readonly nuint _usedBytes;
        private readonly nuint _freeBytes;
        private readonly nuint _releasable;
    }
}

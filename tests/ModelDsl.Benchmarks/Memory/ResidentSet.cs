using System.Globalization;

namespace ModelDsl.Benchmarks.Memory;

/// <summary>The resident set of this process in kilobytes, from Linux's <c>/proc</c>.</summary>
internal static class ResidentSet
{
    public static long Current() => Read("VmRSS:");

    public static long Peak() => Read("VmHWM:");

    private static long Read(string entry)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(entry, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(entry.Length, line.Length - entry.Length - " kB".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}

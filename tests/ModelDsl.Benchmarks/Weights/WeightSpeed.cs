using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Benchmarks.Weights;

/// <summary>How fast weights are saved and loaded, against reading and copying the same file, and with how much memory.</summary>
internal static class WeightSpeed
{
    private const int Rounds = 5;
    private const int BufferBytes = 1 << 20;
    private const double Megabyte = 1e6;

    /// <summary>Writes a table.</summary>
    /// <param name="megabytes">Size of the model.</param>
    /// <param name="layers">Number of its layers.</param>
    /// <param name="pytorch">A state dict of the same model that <c>torch.save</c> wrote; null for none.</param>
    public static int Run(int megabytes, int layers, string? pytorch)
    {
        var folder = Directory.CreateTempSubdirectory("weights").FullName;
        try
        {
            using var model = Model(megabytes, layers);
            var path = Path.Combine(folder, "model.safetensors");
            var copy = Path.Combine(folder, "copy");
            ModelWeights.Save(model, path);
            Action[] ways =
            [
                () => ModelWeights.Save(model, path),
                () => Copy(path, copy),
                () => ModelWeights.Load(model, path),
                () => Read(path),
                .. pytorch is null ? Array.Empty<Action>() : [() => ModelWeights.Load(model, pytorch)],
            ];
            string[] names = ["save safetensors", "copy the file", "load safetensors", "read the file", "load .pth"];
            var times = Measure(ways, out var peaks);
            var bytes = new FileInfo(path).Length;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{bytes / Megabyte:F0} MB, {layers} layers, medians of {Rounds}; save and copy flush to the disk"));
            foreach (var (index, time) in times.Index())
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{names[index],-18} {bytes / Megabyte / time,7:F0} MB/s   peak +{peaks[index] / Megabyte,5:F0} MB"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static nn.Module<Tensor, Tensor> Model(int megabytes, int layers)
    {
        const long Width = 1024;
        var rows = (long)(megabytes * Megabyte / (4 * Width * layers));
        return nn.Sequential([.. Enumerable.Range(0, layers).Select(_ => nn.Linear(Width, rows, hasBias: false))]);
    }

    /// <summary>Medians in seconds, each way once a round.</summary>
    private static double[] Measure(Action[] ways, out long[] peaks)
    {
        var times = ways.Select(_ => new List<double>()).ToArray();
        peaks = new long[ways.Length];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (index, way) in ways.Index())
            {
                var before = ResetPeak();
                var start = Stopwatch.GetTimestamp();
                way();
                times[index].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                peaks[index] = Math.Max(peaks[index], Status("VmHWM:") - before);
            }
        }
        return [.. times.Select(time => time.Order().ElementAt(Rounds / 2))];
    }

    /// <summary>Linux keeps the highest resident memory of a process; 5 sets it to what is resident now.</summary>
    private static long ResetPeak()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
        return Status("VmRSS:");
    }

    private static long Status(string key) =>
        OperatingSystem.IsLinux()
            ? 1024 * long.Parse(
                File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..^2],
                CultureInfo.InvariantCulture)
            : 0;

    /// <summary>As safely as weights are saved: flushed beside its place, then moved over the older one.</summary>
    private static void Copy(string from, string to)
    {
        using var source = File.OpenRead(from);
        AtomicFile.Write(to, target => source.CopyTo(target, BufferBytes));
    }

    private static void Read(string path)
    {
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = new byte[BufferBytes];
        while (source.Read(buffer) > 0)
        {
        }
    }
}

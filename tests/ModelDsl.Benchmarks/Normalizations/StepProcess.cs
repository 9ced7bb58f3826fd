using System.Diagnostics;
using System.Globalization;
using ModelDsl.Benchmarks.Paired;
using ModelDsl.Benchmarks.Workloads;

namespace ModelDsl.Benchmarks.Normalizations;

/// <summary>
/// Training steps in a process of their own, one each time that it is asked: what a step costs depends on the heap that the steps
/// before it left, and in one process each side would find the other's.
/// </summary>
internal sealed class StepProcess : IDisposable
{
    public const string WorkerVerb = "step-worker";

    private readonly Process _process;

    public StepProcess(string choice, bool isFused, int batchSize, int threads) =>
        _process = Process.Start(ChildProcess.Command(
            [WorkerVerb, choice, $"{isFused}", "--batch", $"{batchSize}", "--threads", $"{threads}"], takesInput: true))!;

    /// <summary>In the child process: a step for each line that comes in.</summary>
    public static int Serve(string choice, bool isFused, int batchSize, int threads)
    {
        TorchSharp.torch.set_num_threads(threads);
        using var batch = new ImageBatch(batchSize);
        using var step = new NormalizationStep(NormalizationChoices.All[choice], isFused);
        while (Console.ReadLine() is not null)
        {
            var lap = Lap.Of(() => step.Run(batch));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lap.Wall} {lap.Processor}"));
        }
        return 0;
    }

    /// <summary>Has a step run, and says how long it took there.</summary>
    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    public Lap Run()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"The process that trains ended with exit code {_process.ExitCode}.");
        _process.StandardInput.WriteLine();
        var answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("The process that trains has ended; what it wrote stands above.");
        var times = answer.Split(' ');
        return new(double.Parse(times[0], CultureInfo.InvariantCulture), double.Parse(times[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}

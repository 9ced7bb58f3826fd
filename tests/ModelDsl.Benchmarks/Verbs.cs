using System.CommandLine;
using ModelDsl.Benchmarks.Builds;
using ModelDsl.Benchmarks.Kernels;
using ModelDsl.Benchmarks.Kills;
using ModelDsl.Benchmarks.Memory;
using ModelDsl.Benchmarks.Networks;
using ModelDsl.Benchmarks.Normalizations;
using ModelDsl.Benchmarks.Paired;
using ModelDsl.Benchmarks.Weights;
using ModelDsl.Benchmarks.Workloads;

namespace ModelDsl.Benchmarks;

/// <summary>The modes of this program beside BenchmarkDotNet's own options.</summary>
internal static class Verbs
{
    private const int BadArguments = 2;

    private static readonly Option<int> Batch = Positive("--batch", 128, "Images in a step.");

    private static readonly Option<int> Threads = Positive("--threads", 2, "Threads of libtorch.");

    private static readonly Option<double> Tolerance = Fraction("--tolerance", 0.02, "Stop when the 95 % interval of the ratio is narrower than this.");

    private static readonly Option<double> Minutes = Duration("--minutes", 10, "Stop each comparison after this time and say so.");

    private static readonly Option<Clock> DecidingClock =
        new("--clock") { DefaultValueFactory = _ => Clock.Wall, Description = "Which time decides when to stop; both are reported." };

    /// <summary>Whether the arguments are for this program; all others are BenchmarkDotNet's.</summary>
    public static bool Knows(string[] args) =>
        args.Length == 0
        || args[0] is "paired" or "kernels" or "fusion" or "variants" or "folding" or "memory" or "storage" or "weights" or "kills" or "builds"
            or MemoryTable.WorkerVerb or StorageWorker.Verb or StepProcess.WorkerVerb or KillWorker.Verb or "--help" or "-h" or "-?"
        || !args[0].StartsWith('-');

    public static int Run(string[] args)
    {
        var parsed = Root().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke();
        var message = parsed.UnmatchedTokens.Count > 0 ? $"Unknown argument '{parsed.UnmatchedTokens[0]}'." : parsed.Errors[0].Message;
        Console.Error.WriteLine($"{message} See --help.");
        return BadArguments;
    }

    private static RootCommand Root() =>
        new("What declared models cost against hand-written ones. Any other option goes to BenchmarkDotNet: --filter '*Generator*', --list flat.")
        {
            Paired(),
            Kernels(),
            Steps("fusion", "Training steps of ResNet-20 by kernels against libtorch's operations, alternating A B B A.", NormalizationReport.RunFusions),
            Steps("variants", "Training steps of ResNet-20 with each normalization against BatchNorm, alternating A B B A.", NormalizationReport.RunVariants),
            Steps("folding", "Inference of ResNet-20 with folded normalizations against the same without, alternating A B B A.", FoldingComparison.Run),
            Memory(),
            Storage(),
            Weights(),
            Builds(),
            MemoryWorker(),
            StorageProcess(),
            Kills(),
            KillsWorker(),
            StepWorker(),
        };

    private static Command Paired()
    {
        var selected = new Option<string>("--case") { DefaultValueFactory = _ => "all", Description = "What to time." };
        selected.AcceptOnlyFromAmong("training", "inference", "all");
        var command = new Command("paired", "Ratios of step times, declared against hand-written, alternating A B B A in one process.")
        {
            selected, Batch, Threads, Tolerance, Minutes, DecidingClock,
        };
        command.SetAction(parsed => PairedReport.Run(
            Cases(parsed.GetValue(selected)!),
            parsed.GetValue(Batch),
            parsed.GetValue(Threads),
            Rule(parsed)));
        return command;
    }

    private static Command Steps(string name, string description, Func<int, int, StoppingRule, int> run)
    {
        var command = new Command(name, description) { Batch, Threads, Tolerance, Minutes, DecidingClock };
        command.SetAction(parsed => run(parsed.GetValue(Batch), parsed.GetValue(Threads), Rule(parsed)));
        return command;
    }

    private static StoppingRule Rule(ParseResult parsed) =>
        new(parsed.GetValue(Tolerance), TimeSpan.FromMinutes(parsed.GetValue(Minutes)), parsed.GetValue(DecidingClock));

    private static Command Kernels()
    {
        var layer = new Option<string>("--layer") { DefaultValueFactory = _ => "all", Description = "The layer to time." };
        layer.AcceptOnlyFromAmong(["all", .. KernelCases.All.Select(timed => timed.Layer).Distinct()]);
        var seconds = Positive("--seconds", 10, "Stop each comparison after this time and say so.");
        var command = new Command("kernels", "Ratios of the times of forward and backward, kernel against libtorch's operations, alternating A B B A.")
        {
            layer, Threads, Tolerance, seconds,
        };
        command.SetAction(parsed => KernelReport.Run(
            parsed.GetValue(layer)!,
            parsed.GetValue(Threads),
            new(parsed.GetValue(Tolerance), TimeSpan.FromSeconds(parsed.GetValue(seconds)), Clock.Wall)));
        return command;
    }

    private static Command Memory()
    {
        var steps = Positive("--steps", 8, "Steps whose peak is measured.");
        var repeats = Positive("--repeats", 3, "Processes for each figure; the median is reported.");
        var command = new Command("memory", "Peak resident set of each network, each in a process of its own (Linux).") { Batch, Threads, steps, repeats };
        command.SetAction(parsed => MemoryTable.Run(
            parsed.GetValue(Batch), parsed.GetValue(Threads), parsed.GetValue(steps), parsed.GetValue(repeats)));
        return command;
    }

    private static Command Weights()
    {
        var megabytes = Positive("--megabytes", 1000, "Size of the model.");
        var layers = Positive("--layers", 16, "Its layers, each of one weight [rows, 1024].");
        var pytorch = new Option<string?>("--pytorch") { Description = "A state dict of the same names and shapes that torch.save wrote." };
        var command = new Command("weights", "Speed and peak memory of saving and loading weights (Linux).") { megabytes, layers, pytorch };
        command.SetAction(parsed => WeightSpeed.Run(parsed.GetValue(megabytes), parsed.GetValue(layers), parsed.GetValue(pytorch)));
        return command;
    }

    private static Command Builds()
    {
        var models = Positive("--models", 100, "Models of the larger project, at least 2.");
        models.Validators.Add(result => Demand(result, result.GetValueOrDefault<int>() > 1, "--models must be at least 2."));
        var rounds = Positive("--rounds", 5, "Builds of each project; the median is reported.");
        var command = new Command("builds", "Time of dotnet build for declared models and for the same written by hand.") { models, rounds };
        command.SetAction(parsed => BuildReport.Run(parsed.GetValue(models), parsed.GetValue(rounds)));
        return command;
    }

    private static Command MemoryWorker()
    {
        var style = new Argument<NetworkStyle>("style");
        var kind = new Argument<StepKind>("kind");
        var steps = Positive("--steps", 8, "Steps whose peak is measured.");
        var command = new Command(MemoryTable.WorkerVerb) { style, kind, Batch, Threads, steps };
        command.Hidden = true;
        command.SetAction(parsed => Worker.Run(parsed.GetValue(style), parsed.GetValue(kind), parsed.GetValue(Batch), parsed.GetValue(Threads), parsed.GetValue(steps)));
        return command;
    }

    private static Command Storage()
    {
        var steps = Positive("--steps", 3, "Steps whose peak is measured.");
        var command = new Command("storage", "The most bytes of tensors alive at once, declared against nn.Sequential (Linux).") { Batch, Threads, steps };
        command.SetAction(parsed => StorageTable.Run(parsed.GetValue(Batch), parsed.GetValue(Threads), parsed.GetValue(steps)));
        return command;
    }

    private static Command StorageProcess()
    {
        var network = new Argument<StorageNetwork>("network");
        var kind = new Argument<StepKind>("kind");
        var declared = new Option<bool>("--declared");
        var steps = Positive("--steps", 3, "Steps whose peak is measured.");
        var command = new Command(StorageWorker.Verb) { network, kind, declared, Batch, Threads, steps };
        command.Hidden = true;
        command.SetAction(parsed => StorageWorker.Run(
            parsed.GetValue(network),
            parsed.GetValue(declared),
            parsed.GetValue(kind),
            parsed.GetValue(Batch),
            parsed.GetValue(Threads),
            parsed.GetValue(steps)));
        return command;
    }

    private static Command Kills()
    {
        var count = Positive("--count", 1000, "Processes to kill.");
        var seed = Positive("--seed", 1, "The seed of the moments.");
        var command = new Command("kills", "Kills processes that write checkpoints at random moments, and reads what is left.") { count, seed };
        command.SetAction(parsed => KillReport.Run(parsed.GetValue(count), parsed.GetValue(seed)));
        return command;
    }

    private static Command KillsWorker()
    {
        var folder = new Argument<string>("folder");
        var command = new Command(KillWorker.Verb) { folder };
        command.Hidden = true;
        command.SetAction(parsed => KillWorker.Run(parsed.GetValue(folder)!));
        return command;
    }

    private static Command StepWorker()
    {
        var choice = new Argument<string>("choice");
        var isFused = new Argument<bool>("fused");
        var command = new Command(StepProcess.WorkerVerb) { choice, isFused, Batch, Threads };
        command.Hidden = true;
        command.SetAction(parsed => StepProcess.Serve(
            parsed.GetValue(choice)!, parsed.GetValue(isFused), parsed.GetValue(Batch), parsed.GetValue(Threads)));
        return command;
    }

    private static IReadOnlyList<StepKind> Cases(string selected) => selected switch
    {
        "training" => [StepKind.Training],
        "inference" => [StepKind.Inference],
        _ => [StepKind.Training, StepKind.Inference],
    };

    private static Option<int> Positive(string name, int otherwise, string description)
    {
        var option = new Option<int>(name) { DefaultValueFactory = _ => otherwise, Description = description };
        option.Validators.Add(result => Demand(result, result.GetValueOrDefault<int>() > 0, $"{name} must be at least 1."));
        return option;
    }

    private static Option<double> Fraction(string name, double otherwise, string description)
    {
        var option = new Option<double>(name) { DefaultValueFactory = _ => otherwise, Description = description };
        option.Validators.Add(result => Demand(result, result.GetValueOrDefault<double>() is > 0 and < 1, $"{name} must lie between 0 and 1."));
        return option;
    }

    private static Option<double> Duration(string name, double otherwise, string description)
    {
        var option = new Option<double>(name) { DefaultValueFactory = _ => otherwise, Description = description };
        option.Validators.Add(result => Demand(result, result.GetValueOrDefault<double>() > 0, $"{name} must be positive."));
        return option;
    }

    private static void Demand(System.CommandLine.Parsing.OptionResult result, bool isMet, string message)
    {
        if (!isMet)
            result.AddError(message);
    }
}

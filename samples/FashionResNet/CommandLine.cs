using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using ModelDsl.Training;

namespace FashionResNet;

/// <summary>The options, their help and what is checked before anything is read or written.</summary>
internal sealed class CommandLine
{
    private const string Description = """
        Trains a residual network on Fashion-MNIST with sharpness-aware minimization of its normalization layers (SAM-ON).

        Exit codes: 0 finished, 1 the loss diverged, 2 bad input, 130 interrupted (Ctrl-C finishes the step and saves;
        --resume goes on to the same result).
        """;

    private static readonly string s_runs = Path.Combine("runs", "fashion-resnet");

    private const double RhoOfNorms = 0.2;
    private const double RhoOfAll = 0.05;

    private readonly Option<string> _optimizer = Choice("--optimizer",
        "How weights are updated: plain descent, SAM on all parameters, or SAM on the norms only.",
        "sam-on", "sgd", "sam", "sam-on");
    private readonly Option<string> _norm = Choice("--norm",
        $"The normalization of every layer; group has {SampleOptions.ChannelsPerGroup} channels a group.",
        "group", "batch", "layer", "group", "instance");
    private readonly Option<int> _depth = Number("--depth",
        "The layers of the network: 6n + 2.", 8, IsDepth, "must be 6n + 2: try 8, 14 or 20");
    private readonly Option<int> _width = Number("--width",
        "The channels of the first stage; the later ones have two and four times as many.",
        16, value => value > 0, "must be at least 1");
    private readonly Option<int> _epochs = Number("--epochs",
        "How often every training image is seen.", 10, value => value > 0, "must be at least 1");
    private readonly Option<int> _batch = Number("--batch",
        "The images in a step.", 32, value => value > 1, "must be at least 2");
    private readonly Option<double> _rho = Number("--rho",
        "The radius of SAM's perturbation; sgd has none. sam without it takes 0.05: all parameters bear less than the norms.",
        RhoOfNorms, IsPositive, "must be above 0: try 0.2, or --optimizer sgd for no perturbation");
    private readonly Option<double> _learningRate = Number("--lr",
        "The highest learning rate of the one-cycle schedule.", 0.2, IsPositive, "must be above 0: try 0.2");
    private readonly Option<int> _seed = Number("--seed", "The seed of weights, order and augmentation.", 1, _ => true, "");
    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "Runs the whole path in seconds, on 2,000 images and for 2 epochs unless --epochs is "
            + "given: to see that it works.",
    };
    private readonly Option<int> _saveEvery = Number("--save-every",
        "Saves the training after every so many steps too; 0: after each epoch and when interrupted.",
        0, value => value >= 0, "must be at least 0");
    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Goes on with an interrupted training, with its options, to the same result: a checkpoint, or a folder for "
            + "the newest in it. Default: the folder of --output, or the newest under runs/fashion-resnet/.",
        HelpName = "FILE|DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _report = new("--report")
    {
        Description = "Writes a JSON report of the training to FILE.",
        HelpName = "FILE",
    };
    private readonly Option<string> _data = new("--data")
    {
        Description = "A folder with the four IDX files of Fashion-MNIST, gzip-compressed or not. Default: "
            + "the 10,000 training images that come with the sample.",
        HelpName = "DIR",
    };
    private readonly Option<string> _output = new("--output")
    {
        Description = "The folder of checkpoints and picture. Default: runs/fashion-resnet/ and the time of the start; "
            + "with --resume, that of the checkpoint.",
        HelpName = "DIR",
    };

    private readonly Func<SampleOptions, TrainingCheckpoint?, int> _run;

    public CommandLine(Func<SampleOptions, TrainingCheckpoint?, int> run)
    {
        _run = run;
        Command = new RootCommand(Description);
        Option[] options = [.. Remembered, _saveEvery, _resume, _report, _data, _output];
        foreach (var option in options)
            Command.Options.Add(option);
        Command.Validators.Add(RequireUsablePaths);
        Command.SetAction(result => IsGiven(result, _resume) ? Resume(result) : Start(Read(result), checkpoint: null));
    }

    public RootCommand Command { get; }

    /// <summary>The options that decide how a training goes: a checkpoint remembers them.</summary>
    private Option[] Remembered =>
        [_optimizer, _norm, _depth, _width, _epochs, _batch, _rho, _learningRate, _seed, _quick];

    private int Start(SampleOptions options, TrainingCheckpoint? checkpoint)
    {
        options.RequireWholeGroups();
        return _run(options, checkpoint);
    }

    private int Resume(ParseResult result)
    {
        var place = result.GetValue(_resume) ?? result.GetValue(_output) ?? NewestRun();
        using var checkpoint = TrainingCheckpoint.Read(place, Console.Error.WriteLine);
        return Start(ReadWith(checkpoint, result), checkpoint);
    }

    /// <summary>Options that aren't given are the checkpoint's; those that are must agree with it.</summary>
    private SampleOptions ReadWith(TrainingCheckpoint checkpoint, ParseResult result)
    {
        var remembered = Remembered
            .Where(option => !IsGiven(result, option) && checkpoint.Options.ContainsKey(option.Name))
            .SelectMany(option => new[] { option.Name, checkpoint.Options[option.Name] });
        var options = Read(Command.Parse([.. result.Tokens.Select(token => token.Value), .. remembered]));
        var differing = options.Remembered()
            .FirstOrDefault(option => checkpoint.Options.GetValueOrDefault(option.Key, option.Value) != option.Value);
        if (differing.Key is { } name)
            throw new InvalidDataException(
                $"{name} {differing.Value} differs from the {checkpoint.Options[name]} of {checkpoint.FilePath}: "
                + $"leave {name} out, or start anew without --resume.");
        return result.GetValue(_output) is null
            ? options with { Output = Path.GetDirectoryName(checkpoint.FilePath) is { Length: > 0 } folder ? folder : "." }
            : options;
    }

    private static string NewestRun()
    {
        var runs = Directory.Exists(s_runs) ? Directory.EnumerateDirectories(s_runs) : [];
        return runs.Where(run => TrainingCheckpoints.FilesOf(run).Count > 0).Max(StringComparer.Ordinal)
            ?? throw new InvalidDataException(
                $"--resume: there is no training to go on with under {s_runs}; give its folder or a checkpoint.");
    }

    private SampleOptions Read(ParseResult result) => new()
    {
        Optimizer = result.GetRequiredValue(_optimizer),
        Norm = result.GetRequiredValue(_norm),
        Depth = result.GetValue(_depth),
        Width = result.GetValue(_width),
        Epochs = result.GetValue(_quick) && !IsGiven(result, _epochs) ? 2 : result.GetValue(_epochs),
        Batch = result.GetValue(_batch),
        Rho = result.GetValue(_optimizer) == "sam" && !IsGiven(result, _rho) ? RhoOfAll : result.GetValue(_rho),
        LearningRate = result.GetValue(_learningRate),
        Seed = result.GetValue(_seed),
        Quick = result.GetValue(_quick),
        SaveEvery = result.GetValue(_saveEvery),
        Report = result.GetValue(_report),
        Data = result.GetValue(_data) ?? Path.Combine(AppContext.BaseDirectory, "data"),
        Output = result.GetValue(_output) ?? Path.Combine(s_runs, $"{DateTime.Now:yyyyMMdd-HHmmss}"),
    };

    private static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private void RequireUsablePaths(CommandResult result)
    {
        if (result.GetValue(_data) is { } data && !Directory.Exists(data))
            result.AddError($"--data {data}: there is no such folder. "
                + "Leave --data out for the images that come with the sample.");
        if (result.GetValue(_output) is { } output && File.Exists(output))
            result.AddError($"--output {output} is a file: give a folder.");
        if (result.GetResult(_resume) is null && TrainingCheckpoints.FilesOf(result.GetValue(_output) ?? "") is [var newest, ..])
            result.AddError($"--output has a training, {newest}: add --resume to go on with it, or give another folder.");
        if (result.GetValue(_report) is { } report && Directory.Exists(report))
            result.AddError($"--report {report} is a folder: give a file.");
    }

    private static Option<string> Choice(string name, string description, string initial, params string[] values)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => initial,
            HelpName = string.Join('|', values),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !values.Contains(token.Value))
                result.AddError($"{name} {token.Value} is unknown: choose {string.Join(", ", values[..^1])} or {values[^1]}.");
        });
        return option;
    }

    private static Option<T> Number<T>(string name, string description, T initial, Func<T, bool> isValid, string rule)
        where T : INumber<T>
    {
        return new(name)
        {
            Description = description,
            DefaultValueFactory = _ => initial,
            HelpName = "NUMBER",
            CustomParser = Parse,
        };

        T? Parse(ArgumentResult result)
        {
            var text = result.Tokens[0].Value;
            if (!T.TryParse(text, Styles<T>(), CultureInfo.InvariantCulture, out var value))
            {
                var kind = typeof(T) == typeof(int) ? "whole number" : "number";
                result.AddError($"{name} {text} is not a {kind}: try {initial}.");
            }
            else if (!isValid(value))
                result.AddError($"{name} {text} {rule}.");
            return value;
        }
    }

    /// <summary>No thousands: 0,2 must not be read as 2.</summary>
    private static NumberStyles Styles<T>() => typeof(T) == typeof(int) ? NumberStyles.Integer : NumberStyles.Float;

    private static bool IsDepth(int depth) => depth >= 8 && (depth - 2) % 6 == 0;

    private static bool IsPositive(double value) => double.IsFinite(value) && value > 0;
}

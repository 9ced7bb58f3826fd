using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ModelDsl.Fuzzing.Tests.Campaigns;

namespace ModelDsl.Fuzzing.Tests;

/// <summary>The options, their help and what is checked before anything starts.</summary>
internal sealed class CommandLine
{
    private const string Description = """
        Mutates declarations of models, types them letter by letter, and asks of each: does anything throw, is what is reported
        well formed, does a clean report compile without a warning, is every rule reached.

        Exit codes: 0 nothing is wrong, 1 something is (each failure's seed, number and shrunk source stands in --output),
        2 bad input.
        A stack that overflows ends the process: running.txt in --output then names what did it.
        """;

    private readonly Option<int> _count = Number("--count", "How many mutants.", 10_000, 0);
    private readonly Option<int> _seed = Number("--seed", "What mutants are drawn from.", 1, int.MinValue);
    private readonly Option<int> _start = Number("--start", "The first mutant's number: goes on with a campaign.", 0, 0);
    private readonly Option<int?> _only = new("--only")
    {
        Description = "Examines the one mutant of this number with every oracle, and shows it.",
        HelpName = "NUMBER",
        CustomParser = result => Parse(result, "--only", 0),
    };
    private readonly Option<int> _typing = Number(
        "--typing", "Types every so many letters of each sample: 1 for each letter, 0 for no typing.", 1, 0);
    private readonly Option<int> _workers = Number(
        "--workers", "How many are examined at a time.", Environment.ProcessorCount, 1);
    private readonly Option<string> _output = new("--output")
    {
        Description = "The folder that failures are written to.",
        DefaultValueFactory = _ => Path.Combine("runs", "fuzzing"),
        HelpName = "DIR",
    };

    public CommandLine(Func<FuzzOptions, int> run)
    {
        Command = new RootCommand(Description) { _count, _seed, _start, _only, _typing, _workers, _output };
        Command.Validators.Add(RequireRoom);
        Command.SetAction(result => run(Read(result)));
    }

    public RootCommand Command { get; }

    private FuzzOptions Read(ParseResult result) => new()
    {
        Count = result.GetValue(_count),
        Seed = result.GetValue(_seed),
        Start = result.GetValue(_start),
        Only = result.GetValue(_only),
        Typing = result.GetValue(_typing),
        Workers = result.GetValue(_workers),
        Output = result.GetRequiredValue(_output),
    };

    private void RequireRoom(CommandResult result)
    {
        if (result.GetValue(_output) is { } output && File.Exists(output))
            result.AddError($"--output {output} is a file: give a folder.");
        if ((long)result.GetValue(_start) + result.GetValue(_count) > int.MaxValue)
            result.AddError($"--start and --count go past {int.MaxValue}: choose another --seed.");
    }

    private static Option<int> Number(string name, string description, int initial, int least) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => initial,
        HelpName = "NUMBER",
        CustomParser = result => Parse(result, name, least) ?? initial,
    };

    private static int? Parse(ArgumentResult result, string name, int least)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            result.AddError($"{name} {text} is not a whole number.");
        else if (value < least)
            result.AddError($"{name} {text} must be at least {least}.");
        return value;
    }
}

namespace ModelDsl.Packages.Tests;

/// <summary>What a command gave.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, errors last.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>The lines of the output.</summary>
    public string[] Lines => Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');

    /// <summary>This result, of a command that has to succeed.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}:\n{Output}");
        return this;
    }

    /// <summary>The ids of the warnings or errors that a build reported, each once, in order.</summary>
    /// <param name="severity"><c>warning</c> or <c>error</c>.</param>
    public string[] Reported(string severity) =>
    [
        .. from line in Lines
           let start = line.IndexOf($" {severity} ", StringComparison.Ordinal)
           where start >= 0
           let id = line[(start + severity.Length + 2)..].Split(':')[0]
           orderby id
           select id,
    ];
}

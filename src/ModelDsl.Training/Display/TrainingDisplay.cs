using Spectre.Console;

namespace ModelDsl.Training;

/// <summary>The display that fits where the output goes.</summary>
public static class TrainingDisplay
{
    /// <summary>A progress bar on a terminal, and one line an epoch where the output is redirected.</summary>
    /// <param name="items">What is counted: "images", "tokens".</param>
    public static ITrainingDisplay ForConsole(string items) =>
        Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi
            ? new LineDisplay(Console.Out, items)
            : new LiveDisplay(AnsiConsole.Console, items);
}

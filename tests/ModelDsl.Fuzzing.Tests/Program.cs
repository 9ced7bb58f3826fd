using ModelDsl.Fuzzing.Tests.Campaigns;

namespace ModelDsl.Fuzzing.Tests;

/// <summary>The command that fuzzes as long as one likes; tests are run by the test host.</summary>
internal static class Program
{
    private const int BadInput = 2;

    public static int Main(string[] arguments)
    {
        var result = new CommandLine(options => new FuzzRun(options, Console.WriteLine).Run().GetAwaiter().GetResult())
            .Command.Parse(arguments);
        if (result.Errors.Count > 0)
            return Refuse(result.Errors[0].Message);
        try
        {
            return result.Invoke(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse(exception.Message);
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"{message.ReplaceLineEndings(" ")} See --help.");
        return BadInput;
    }
}

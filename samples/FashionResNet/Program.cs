using ModelDsl.Training;

namespace FashionResNet;

internal static class Program
{
    private const int BadInput = 2;

    public static int Main(string[] arguments)
    {
        var result = new CommandLine((options, checkpoint) => new FashionTraining(options, checkpoint).Run())
            .Command.Parse(arguments);
        if (result.Errors.Count > 0)
            return Refuse(result.Errors[0].Message);
        try
        {
            return result.Invoke(new() { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
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

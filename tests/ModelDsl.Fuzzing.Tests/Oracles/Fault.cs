namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>What is wrong with the generator, the analyzers or a fix.</summary>
/// <param name="Kind">What the same fault has in a smaller source too.</param>
/// <param name="Message">All that is known of it.</param>
internal sealed record Fault(string Kind, string Message)
{
    public static Fault Of(string what, Exception exception)
    {
        var root = exception.GetBaseException();
        var place = (root.StackTrace ?? "").Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith("at ModelDsl.", StringComparison.Ordinal)) ?? "";
        return new($"{what}: {root.GetType().Name} {place.Split(" in ")[0]}", $"{exception}");
    }
}

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>What went wrong with a net.</summary>
/// <param name="Net">The net.</param>
/// <param name="Kind">At which step.</param>
/// <param name="Fault">What the same fault has in a smaller net too: a rule, an error, a type of exception.</param>
/// <param name="Message">What was found.</param>
internal sealed record NetFailure(Net Net, string Kind, string Fault, string Message)
{
    /// <summary>The first words of a text, of letters only: what differs from net to net is left out.</summary>
    public static string Words(string text) =>
        string.Join(' ', text.Split(' ', '\n').Where(word => word.All(char.IsLetter)).Take(6));

    public override string ToString() => $"seed {Net.Seed}, {Kind}: {Message}\n{Net.Source}\n";
}

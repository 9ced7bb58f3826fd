namespace ModelDsl.Fuzzing.Tests.Mutations;

/// <summary>One way to change a text.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Weight">How often it is drawn.</param>
/// <param name="Apply">Gives the changed text, or null where there is nothing to change.</param>
internal sealed record Mutation(string Name, int Weight, Func<Draft, string?> Apply);

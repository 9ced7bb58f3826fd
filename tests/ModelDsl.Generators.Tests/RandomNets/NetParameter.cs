namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>A constructor's parameter.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Argument">What is passed: C# where the model is built, or in terms of the model that nests it.</param>
/// <param name="Number">The value of a number, the elements of an array.</param>
internal sealed record NetParameter(string Type, string Name, string Argument, params IReadOnlyList<int> Number)
{
    /// <summary>What stands behind its name, if anything.</summary>
    public string Default { get; init; } = "";

    /// <summary>Whether the input's shape decides it, so that nobody passes it.</summary>
    public bool IsInferred { get; init; }
}

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>A member of a random model: a stage, or anything without layers.</summary>
/// <param name="Head">What stands before its layers: lines, or nothing.</param>
/// <param name="Layers">Its layers.</param>
/// <param name="Tail">The declaration.</param>
internal sealed record NetMember(string Head, IReadOnlyList<string> Layers, string Tail)
{
    public override string ToString()
    {
        var layers = Layers.Count == 0 ? "" : $"    [{string.Join(",\n     ", Layers)}]\n";
        return $"{Head}{layers}    {Tail}\n";
    }
}

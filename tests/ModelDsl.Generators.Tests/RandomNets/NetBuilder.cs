using System.Collections.Immutable;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>A model that is being drawn.</summary>
internal sealed class NetBuilder(Random random, string name)
{
    private static readonly string[] Words =
    [
        "width", "channels", "hidden", "features", "size", "inner", "factor", "conv", "norm1", "relu", "shape", "sum",
        "result", "linear", "amount", "index2", "layer", "value", "branch", "kernel", "stride", "padding", "groups", "scale",
    ];

    private readonly HashSet<string> _names = ["x", "forward", "norm", "index", "count"];
    private int _number;

    public Random Random => random;

    public string Name => name;

    /// <summary>The net's normalization of its own.</summary>
    public string Unit => $"N{Net.SeedOf(name)}Unit";

    public List<string> Attributes { get; } = ["Model"];

    public List<NetParameter> Parameters { get; } = [];

    public List<NetMember> Members { get; } = [];

    /// <summary>What a slot without a variant of its own takes.</summary>
    public NetNormalization Normalization { get; set; }

    /// <summary>The groups of such a choice.</summary>
    public int Groups { get; set; } = 1;

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T Pick<T>(params IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public int Between(int least, int most) => random.Next(least, most + 1);

    /// <summary>A name that nothing in the class has.</summary>
    public string FreeName()
    {
        var word = Pick(Words);
        while (!_names.Add(word))
            word = $"{Pick(Words)}{++_number}";
        return word;
    }

    /// <summary>The name of a member that nothing in the class has.</summary>
    public string FreeMember(params string[] words)
    {
        var word = Pick(words);
        while (!_names.Add(word))
            word = $"{Pick(words)}{++_number}";
        return word;
    }

    public NetParameter Add(NetParameter parameter)
    {
        Parameters.Add(parameter);
        return parameter;
    }

    public NetModel Build() => new(name, [.. Attributes], [.. Parameters], [.. Members]);
}

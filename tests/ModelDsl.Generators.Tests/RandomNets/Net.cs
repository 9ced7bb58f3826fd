namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>A net: models of which the last one nests the others.</summary>
/// <param name="Seed">What it was drawn from.</param>
/// <param name="Models">The models.</param>
/// <param name="Inputs">C# of the tensors that go in.</param>
/// <param name="Output">The shape that comes out, by the grammar's own arithmetic.</param>
internal sealed record Net(int Seed, IReadOnlyList<NetModel> Models, IReadOnlyList<string> Inputs, IReadOnlyList<int> Output)
{
    /// <summary>The namespace of every net's types.</summary>
    public const string Namespace = "RandomNets";

    /// <summary>The class that builds the net.</summary>
    public string Entry => $"N{Seed}Entry";

    /// <summary>The seed in the name of a net's type.</summary>
    public static int? SeedOf(string type) =>
        int.TryParse(new string([.. type.Skip(1).TakeWhile(char.IsAsciiDigit)]), out var seed) ? seed : null;

    /// <summary>A normalization of the net's own, where it has one.</summary>
    private string Unit => !Models.Any(model => $"{model}".Contains("Norm<", StringComparison.Ordinal)) ? "" : $$"""

        internal sealed class N{{Seed}}Unit(NormalizationSite site) : nn.Module<Tensor, Tensor>("unit")
        {
            public override Tensor forward(Tensor x) => x / (x.norm(site.ChannelAxis, keepdim: true) + 1);
        }

        """;

    public string Source => $$"""
        using ModelDsl;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;

        namespace {{Namespace}};

        {{string.Join("\n", Models)}}{{Unit}}
        public static class {{Entry}}
        {
            public static nn.Module Create() => new {{Models[^1].Name}}({{Models[^1].Arguments}});

            public static Tensor[] Inputs() => [{{string.Join(", ", Inputs)}}];
        }
        """;
}

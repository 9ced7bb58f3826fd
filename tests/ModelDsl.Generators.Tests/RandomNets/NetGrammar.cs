namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Draws a net from the grammar of declarations.</summary>
internal static class NetGrammar
{
    public static Net Draw(int seed)
    {
        var net = new NetBuilder(new(seed), $"N{seed}Net");
        var models = new List<NetModel>();
        Options(net);
        var stages = new StageGrammar(net, new(seed, models, depth: 1));
        var (inputs, output) = net.Random.Next(20) switch
        {
            < 3 => HandWritten(net, stages),
            3 => Masked(net, stages),
            4 => Indices(net, stages),
            _ => Chained(net, stages),
        };
        models.Add(net.Build());
        return new(seed, models, inputs, [.. output.Sizes]);
    }

    /// <summary>What is said of the assembly that a net is compiled in, the same for all of a hundred.</summary>
    public static string Assembly(int seed) => (seed / 100 % 5) switch
    {
        3 => "[assembly: ModelDsl.LayerNorm]",
        4 => "[assembly: ModelDsl.SiLU]",
        _ => "",
    };

    private static (IReadOnlyList<string> Inputs, NetFlow Output) Chained(NetBuilder net, StageGrammar stages)
    {
        var (shape, input) = InputGrammar.First(net);
        var isForward = net.Chance(0.2);
        var output = stages.Any(input, shape, isForward ? "forward" : null);
        return ([Normal(input)], More(net, stages, output, isForward ? 0 : net.Between(0, 3)));
    }

    private static (IReadOnlyList<string> Inputs, NetFlow Output) HandWritten(NetBuilder net, StageGrammar stages)
    {
        var (shape, input) = InputGrammar.First(net);
        return ([Normal(input)], new ForwardGrammar(net, stages).Draw(input, shape));
    }

    /// <summary>Attention with a mask that all stages hand on.</summary>
    private static (IReadOnlyList<string> Inputs, NetFlow Output) Masked(NetBuilder net, StageGrammar stages)
    {
        NetAxis Free(int size) => new(size, AxisKnowledge.Free);
        var (shape, input) = InputGrammar.Of(net, new([Free(2), Free(net.Between(3, 6)), Free(8)], 2));
        var attend = net.FreeMember("Attend");
        var slot = NetVariants.IsForAny(net.Normalization) ? "Norm" : "LayerNorm";
        net.Members.Add(new("", [slot, $"SelfAttention({net.Pick(1, 2, 4)})", "Shortcut"],
            $"private partial Tensor {attend}({shape}Tensor x, Tensor? mask = null);"));
        var tokens = input.Axes[1].Size;
        return ([Normal(input), $"zeros([{tokens}, {tokens}])"], More(net, stages, input, net.Between(0, 2)));
    }

    private static (IReadOnlyList<string> Inputs, NetFlow Output) Indices(NetBuilder net, StageGrammar stages)
    {
        var sizes = new SizeGrammar(net);
        var (count, width) = (sizes.Between(3, 9), sizes.Between(2, 8));
        NetAxis batch = new(2, AxisKnowledge.Free), tokens = new(net.Between(2, 7), AxisKnowledge.Free);
        var embedding = $"Embedding({count.Argument}, {width.Argument})";
        net.Members.Add(new("", [embedding], "private partial Tensor Embed([Shape(\"N, T\")] Tensor x);"));
        return (
            [$"randint({count.Value}, [{batch.Size}, {tokens.Size}], dtype: ScalarType.Int64)"],
            More(net, stages, new([batch, tokens, width.Axis], 2), net.Between(0, 3)));
    }

    private static NetFlow More(NetBuilder net, StageGrammar stages, NetFlow flow, int count)
    {
        for (; count > 0; count--)
            flow = stages.Any(flow);
        return flow;
    }

    private static string Normal(NetFlow input) => $"randn([{string.Join(", ", input.Sizes)}])";

    private static void Options(NetBuilder net)
    {
        (net.Normalization, net.Groups) = (net.Pick(Enum.GetValues<NetNormalization>()), net.Between(1, 2));
        var isOpen = net.Chance(0.4);
        if (isOpen)
            net.Parameters.Add(new("Normalization", "norm", NetVariants.Value(net)) { Default = " = default" });
        else if (net.Normalization != NetNormalization.Default)
            net.Attributes.Add(NetVariants.Attribute(net));
        if (net.Chance(0.3))
            net.Attributes.Add(net.Pick("SiLU", "GELU", "LeakyReLU(0.2)", "PReLU"));
        else if (net.Chance(0.3))
            net.Parameters.Add(Activation(net.Pick("", "Activation.Tanh()", "Activation.LeakyReLU(0.1)")));
        if (net.Chance(0.2))
            net.Attributes.Add($"Initialization(Init.{net.Pick("KaimingUniform", "XavierNormal", "Normal", "TruncatedNormal")})");
        if (net.Chance(0.15))
            net.Attributes.Add("TrackGradientNoise");
    }

    private static NetParameter Activation(string value) => new("Activation", "act", value) { Default = " = default" };
}

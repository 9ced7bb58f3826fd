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
        var (shape, input) = InputGrammar.First(net);
        var isForward = net.Chance(0.2);
        var output = stages.Any(input, shape, isForward ? "forward" : null);
        for (var count = isForward ? 0 : net.Between(0, 3); count > 0; count--)
            output = stages.Any(output);
        models.Add(net.Build());
        return new(seed, models, [$"randn([{string.Join(", ", input.Sizes)}])"], [.. output.Sizes]);
    }

    private static void Options(NetBuilder net)
    {
        (net.Normalization, net.Groups) = (net.Pick(Enum.GetValues<NetNormalization>()), net.Between(1, 2));
        var isOpen = net.Chance(0.4);
        if (isOpen)
            net.Parameters.Add(new("Normalization", "norm", Value(net)) { Default = " = default" });
        else if (net.Normalization != NetNormalization.Default)
            net.Attributes.Add(Attribute(net));
        if (net.Chance(0.3))
            net.Attributes.Add(net.Pick("SiLU", "GELU", "LeakyReLU(0.2)", "PReLU"));
        else if (net.Chance(0.3))
            net.Parameters.Add(new("Activation", "act", net.Pick("", "Activation.Tanh()", "Activation.LeakyReLU(0.1)")) { Default = " = default" });
        if (net.Chance(0.2))
            net.Attributes.Add($"Initialization(Init.{net.Pick("KaimingUniform", "XavierNormal", "Normal", "TruncatedNormal")})");
        if (net.Chance(0.15))
            net.Attributes.Add("TrackGradientNoise");
    }

    private static string Attribute(NetBuilder net) => net.Normalization switch
    {
        NetNormalization.Batch => net.Pick("BatchNorm", "BatchNorm(Epsilon = 1e-3, Momentum = 0.01)"),
        NetNormalization.Layer => net.Pick("LayerNorm", "LayerNorm(Epsilon = 1e-6)"),
        NetNormalization.Group => $"GroupNorm(Groups = {net.Groups})",
        _ => "InstanceNorm",
    };

    private static string Value(NetBuilder net) => net.Normalization switch
    {
        NetNormalization.Batch => "Normalization.Batch()",
        NetNormalization.Layer => "Normalization.Layer()",
        NetNormalization.Group => $"Normalization.Group(groups: {net.Groups})",
        NetNormalization.Instance => "Normalization.Instance()",
        _ => "",
    };
}

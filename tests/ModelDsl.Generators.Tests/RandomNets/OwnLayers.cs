namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Layers that TorchSharp lacks: attention, squeeze and excite, layer scale, rearranged axes.</summary>
internal sealed class OwnLayers(NetBuilder net, SizeGrammar sizes)
{
    /// <summary>A layer that changes no axis.</summary>
    public NetLayer? Keeping(NetFlow flow) => net.Random.Next(4) switch
    {
        0 => SelfAttention(flow),
        1 => SqueezeExcite(flow),
        2 => new($"Multiply({sizes.Factor()})", flow),
        _ => flow.Axes[flow.ChannelAxis].IsKnownWhenBuilt
            ? new(net.Pick("LayerScale", "LayerScale(0.1)", $"LayerScale({sizes.Probability()})"), flow)
            : null,
    };

    /// <summary>Any of them, or null where what was drawn doesn't fit.</summary>
    public NetLayer? Draw(NetFlow flow) => net.Chance(0.5) ? Keeping(flow) : Rearrange(flow);

    private NetLayer? SelfAttention(NetFlow flow)
    {
        if (flow.Rank != 3 || flow.ChannelAxis != 2 || !flow.Axes[2].IsKnownWhenBuilt)
            return null;
        var heads = sizes.Of(net.Pick(Enumerable.Range(1, 4).Where(heads => flow.Channels % heads == 0).ToList()));
        var options = net.Pick("", ", Causal = true", ", Bias = false", ", Dropout = 0.1");
        return new($"SelfAttention({heads.Argument}{options})", flow);
    }

    private NetLayer? SqueezeExcite(NetFlow flow)
    {
        if (flow.Rank != 4 || !flow.IsMap)
            return null;
        var inner = net.Chance(0.5) ? sizes.Between(1, 4).Argument : $"Reduction = {Divisor(flow.Channels)}";
        var options = net.Pick("", ", Gate = ActivationVariant.Hardsigmoid", ", Activation = ActivationVariant.SiLU");
        return new($"SqueezeExcite({inner}{options})", flow);
    }

    private int Divisor(int of) => net.Pick(Enumerable.Range(1, of).Where(divisor => of % divisor == 0).ToList());

    /// <summary>Images and sequences as one another, with positions split now and then.</summary>
    private NetLayer? Rearrange(NetFlow flow) => (flow.Rank, flow.IsMap) switch
    {
        (3, false) when flow.ChannelAxis == 2 =>
            new("Rearrange(\"n t c -> n c t\")", new([flow.Axes[0], flow.Axes[2], flow.Axes[1]], 1)),
        (3, true) => new("Rearrange(\"n c t -> n t c\")", new([flow.Axes[0], flow.Axes[2], flow.Axes[1]], 2)),
        (4, true) when net.Chance(0.5) => Tokens(flow),
        (4, true) => Patches(flow),
        (5, true) => new("Rearrange(\"n c d h w -> (n d) c h w\")", new(
            [Joined(flow, 0, 2), flow.Axes[1], flow.Axes[3], flow.Axes[4]], 1)),
        _ => null,
    };

    private static NetLayer Tokens(NetFlow flow) =>
        new("Rearrange(\"n c h w -> n (h w) c\")", new([flow.Axes[0], Joined(flow, 2, 3), flow.Axes[1]], 2));

    private NetLayer? Patches(NetFlow flow)
    {
        if (flow.Axes.Skip(2).Any(axis => axis.Size % 2 != 0) || !flow.Axes[1].IsKnownWhenBuilt)
            return null;
        var patch = sizes.Of(2);
        var (rows, columns) = (flow.Axes[2].To(flow.Axes[2].Size / 2, patch), flow.Axes[3].To(flow.Axes[3].Size / 2, patch));
        var knowledge = (AxisKnowledge)Math.Max((int)rows.Knowledge, (int)columns.Knowledge);
        return new(
            $"Rearrange(\"n c (h p) (w q) -> n (h w) (c p q)\", \"p: {patch.Code}, q: {patch.Code}\")",
            new([flow.Axes[0], new(rows.Size * columns.Size, knowledge), flow.Axes[1].To(flow.Channels * 4, patch)], 2));
    }

    private static NetAxis Joined(NetFlow flow, int first, int second) => new(
        flow.Axes[first].Size * flow.Axes[second].Size,
        (AxisKnowledge)Math.Max((int)flow.Axes[first].Knowledge, (int)flow.Axes[second].Knowledge));
}

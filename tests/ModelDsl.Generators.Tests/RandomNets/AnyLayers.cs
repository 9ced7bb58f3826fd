namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Layers over what has no positions as well: activations, norms, dropouts, linear maps, other axes.</summary>
internal sealed class AnyLayers(NetBuilder net, SizeGrammar sizes)
{
    private static readonly string[] Activations =
    [
        "ReLU", "ReLU6", "LeakyReLU", "LeakyReLU(0.2)", "PReLU", "PReLU(PerChannel = true)", "RReLU", "ELU", "CELU(0.5)",
        "SELU", "GELU", "GELU(Approximate = true)", "SiLU", "Mish", "Hardswish", "Hardsigmoid", "Hardtanh",
        "Hardtanh(Minimum = 0)", "Sigmoid", "Tanh", "Softplus", "Softplus(Beta = 2)", "Softsign", "Softshrink",
        "Hardshrink(0.1)", "Tanhshrink", "LogSigmoid", "Threshold(0.1, 2)", "Activation", "Activation",
    ];

    /// <summary>A layer that changes no axis but that of the channels.</summary>
    public NetLayer? Keeping(NetFlow flow) => net.Random.Next(8) switch
    {
        0 or 1 or 2 => new(net.Pick(Activations), flow),
        3 or 4 => Norm(flow),
        5 => Softmax(flow),
        6 => Dropout(flow),
        _ => Gated(flow, flow.ChannelAxis),
    };

    /// <summary>Any of them, or null where what was drawn doesn't fit.</summary>
    public NetLayer? Draw(NetFlow flow) => net.Random.Next(12) switch
    {
        0 or 1 or 2 => Linear(flow),
        3 => Flatten(flow),
        4 => Unflatten(flow),
        5 => GlobalPool(flow),
        6 => Gated(flow, net.Between(1, flow.Rank - 1)),
        _ => Keeping(flow),
    };

    public NetLayer Linear(NetFlow flow, NetSize features) =>
        new($"Linear({features.Argument}{(net.Chance(0.15) ? ", Bias = false" : "")})", flow.With(flow.Rank - 1, features.Axis));

    public string Activation() => net.Pick(Activations);

    public NetLayer? Norm(NetFlow flow)
    {
        var fitting = new List<string> { "LayerNorm" };
        var isSlotFree = net.Normalization switch
        {
            _ when NetVariants.NeedsNeighbours(net.Normalization) => false,
            _ when NetVariants.IsForAny(net.Normalization) => true,
            NetNormalization.Batch or NetNormalization.Variance => flow.IsMap || flow.IsVector,
            NetNormalization.Group => flow.IsMap && flow.Channels % net.Groups == 0,
            _ => flow.IsMap && flow.Sizes.Skip(2).Aggregate(1, (product, size) => product * size) > 1,
        };
        if (isSlotFree && !(net.Normalization == NetNormalization.Default && flow.IsMap && flow.Elements / flow.Channels < 2))
            fitting.AddRange(["Norm", "Norm", "Norm"]);
        if ((flow.IsMap || flow.IsVector) && flow.Elements / flow.Channels > 1)
            fitting.Add("BatchNorm");
        if (flow.IsMap)
            fitting.Add($"GroupNorm({net.Pick("Groups", "ChannelsPerGroup")} = {Divisor(flow.Channels)})");
        if (flow.IsMap && flow.Sizes.Skip(2).Aggregate(1, (product, size) => product * size) > 1)
            fitting.Add("InstanceNorm");
        if (net.Chance(0.1))
            fitting = [$"Norm<{net.Unit}>"];
        return flow.Rank <= 5 && flow.Axes[flow.ChannelAxis].IsKnownWhenBuilt ? new(net.Pick(fitting), flow) : null;
    }

    public int Divisor(int of) => net.Pick(Enumerable.Range(1, of).Where(divisor => of % divisor == 0).ToList());

    private NetLayer? Linear(NetFlow flow) =>
        flow.ChannelAxis == flow.Rank - 1 && flow.Axes[^1].IsKnownWhenBuilt ? Linear(flow, sizes.Between(1, 10)) : null;

    private NetLayer Softmax(NetFlow flow)
    {
        var axis = net.Chance(0.3) ? $"(Axis = {net.Between(1, flow.Rank - 1) - (net.Chance(0.3) ? flow.Rank : 0)})" : "";
        return new(net.Pick("Softmax", "LogSoftmax", "Softmin") + axis, flow);
    }

    private NetLayer Dropout(NetFlow flow)
    {
        var fitting = new List<string> { "Dropout", "AlphaDropout", "StochasticDepth" };
        if (flow.IsMap)
            fitting.AddRange([$"Dropout{flow.Positions}d", "FeatureAlphaDropout"]);
        return new($"{net.Pick(fitting)}({sizes.Probability()})", flow);
    }

    private NetLayer? Gated(NetFlow flow, int axis) => flow.Axes[axis].Size % 2 != 0 ? null : new(
        net.Pick("GLU", "GEGLU", "SwiGLU", "ReGLU") + (axis == flow.ChannelAxis ? "" : $"(Axis = {axis})"),
        flow.With(axis, flow.Axes[axis].To(flow.Axes[axis].Size / 2)));

    private NetLayer? GlobalPool(NetFlow flow)
    {
        if (flow.Rank < 3 || flow.ChannelAxis == 0)
            return null;
        var name = net.Pick("GlobalAvgPool", "GlobalMaxPool");
        if (net.Chance(0.6))
            return new(name, new([flow.Axes[0], flow.Axes[flow.ChannelAxis]], 1));
        var kept = flow;
        for (var axis = 1; axis < flow.Rank; axis++)
            kept = axis == flow.ChannelAxis ? kept : kept.With(axis, new(1, AxisKnowledge.Constant));
        return new($"{name}(KeepAxes = true)", kept);
    }

    private NetLayer? Flatten(NetFlow flow)
    {
        if (flow.Rank < 3)
            return null;
        var start = net.Between(1, flow.Rank - 2);
        var end = net.Chance(0.7) ? flow.Rank - 1 : net.Between(start + 1, flow.Rank - 1);
        var joined = flow.Axes[start..(end + 1)];
        var isJoinedChannel = flow.ChannelAxis >= start && flow.ChannelAxis <= end;
        // Whoever flattens the channels wants a weight for each element.
        var axis = new NetAxis(joined.Aggregate(1, (all, axis) => all * axis.Size), joined.Max(axis => axis.Knowledge));
        if (isJoinedChannel && (!axis.IsKnownWhenBuilt || axis.Size > 300))
            return null;
        var channels = flow.ChannelAxis < start ? flow.ChannelAxis : isJoinedChannel ? start : flow.ChannelAxis - (end - start);
        var options = new[] { start == 1 ? "" : $"StartAxis = {start}", end == flow.Rank - 1 ? "" : $"EndAxis = {end}" };
        var text = string.Join(", ", options.Where(option => option.Length > 0));
        return new(
            text.Length == 0 ? "Flatten" : $"Flatten({text})",
            new([.. flow.Axes[..start], axis, .. flow.Axes[(end + 1)..]], channels));
    }

    private NetLayer? Unflatten(NetFlow flow)
    {
        var axis = net.Between(1, flow.Rank - 1);
        if (flow.Rank > 4 || flow.Axes[axis].Size % 2 != 0 || (axis == flow.ChannelAxis && flow.Channels < 4))
            return null;
        var part = sizes.Of(2);
        var other = flow.Axes[axis].To(flow.Axes[axis].Size / 2, part);
        var rest = sizes.Of(other.Size);
        var (text, parts) = net.Random.Next(3) switch
        {
            0 => ($"{part.Code}, -1", new[] { part.Axis, other }),
            1 => ($"-1, {part.Code}", [other, part.Axis]),
            _ => ($"{part.Code}, {rest.Code}", [part.Axis, rest.Axis]),
        };
        var rank = flow.Rank + 1;
        var channels = flow.ChannelAxis == axis ? (rank >= 4 ? 1 : rank - 1)
            : flow.ChannelAxis < axis ? flow.ChannelAxis
            : flow.ChannelAxis + 1;
        var split = new NetFlow([.. flow.Axes[..axis], .. parts, .. flow.Axes[(axis + 1)..]], channels);
        // Every layer behind it may want weights of a channel each.
        return !split.Axes[channels].IsKnownWhenBuilt ? null : new(
            $"Unflatten({(net.Chance(0.3) ? axis - flow.Rank : axis)}, \"{text}\")",
            split);
    }
}

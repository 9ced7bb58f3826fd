namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Draws models that others nest.</summary>
internal sealed class BlockGrammar(int seed, List<NetModel> models, int depth)
{
    /// <summary>A block that takes what flows: the attribute and what comes out.</summary>
    public NetLayer? Draw(NetBuilder caller, SizeGrammar sizes, NetFlow flow)
    {
        if (flow.Rank > 5 || !flow.Axes[flow.ChannelAxis].IsKnownWhenBuilt || models.Count > 5)
            return null;
        if (flow.IsMap && flow.Elements / flow.Channels > 1 && caller.Chance(0.5))
            return Repeated(caller, sizes, flow);
        var block = new NetBuilder(caller.Random, $"N{seed}Block{models.Count}");
        models.Add(null!);
        var place = models.Count - 1;
        Slots(block, caller);
        var stages = new StageGrammar(block, depth > 0 ? new(seed, models, depth - 1) : null);
        var (shape, input) = InputGrammar.Of(block, flow);
        var output = caller.Chance(0.5) ? stages.Any(input, shape, "forward") : stages.Any(stages.Any(input, shape));
        var passed = block.Parameters.Where(parameter => parameter.Number.Count > 0 && !parameter.IsInferred).ToList();
        foreach (var parameter in passed)
            Pass(block, parameter, caller, sizes);
        models[place] = block.Build();
        var arguments = models[place].Arguments;
        return new($"Block<{block.Name}>{(arguments.Length == 0 ? "" : $"(\"{arguments}\")")}", output);
    }

    private static void Slots(NetBuilder block, NetBuilder caller)
    {
        if (caller.Chance(0.5))
            return;
        block.Normalization = caller.Normalization;
        block.Groups = caller.Groups;
        block.Parameters.Add(new("Normalization", "norm", "") { Default = " = default" });
        if (caller.Chance(0.5))
            block.Parameters.Add(new("Activation", "act", "") { Default = " = default" });
    }

    /// <summary>
    /// Sizes are passed as sizes are written; an array is the caller's, so that its elements are sizes there too.
    /// </summary>
    private static void Pass(NetBuilder block, NetParameter parameter, NetBuilder caller, SizeGrammar sizes)
    {
        var argument = parameter.Type == "int"
            ? sizes.Of(parameter.Number[0]).Code
            : caller.Add(parameter with { Name = caller.FreeName() }).Name;
        block.Parameters[block.Parameters.IndexOf(parameter)] = parameter with { Argument = argument };
    }

    /// <summary>A residual block as in ResNets, several times, the first one with a stride.</summary>
    private NetLayer? Repeated(NetBuilder caller, SizeGrammar sizes, NetFlow flow)
    {
        var block = new NetBuilder(caller.Random, $"N{seed}Block{models.Count}");
        block.Parameters.Add(new("int", "inChannels", "") { IsInferred = true });
        block.Parameters.Add(new("int", "channels", "8", 8));
        block.Parameters.Add(new("int", "stride", "1", 1) { Default = " = 1" });
        block.Parameters.Add(new("Normalization", "norm", "") { Default = " = default" });
        var rank = flow.Positions;
        var norm = caller.Normalization is NetNormalization.Group or NetNormalization.Instance ? "LayerNorm" : "Norm";
        var between = caller.Normalization == NetNormalization.EvoNorm ? "LayerNorm" : norm;
        var layers = new List<string> { $"Conv{rank}d(nameof(channels), 3, Stride = nameof(stride))", norm, "Activation" };
        if (caller.Chance(0.5))
            layers.AddRange([$"DepthwiseConv{rank}d(3)", between]);
        layers.AddRange([$"Conv{rank}d(nameof(channels), {caller.Pick(1, 3)})", norm, "Shortcut", "Activation"]);
        var layout = rank == 1 ? ", Layout = Layout.ChannelsFirst" : "";
        var axes = $"N, inChannels, {InputGrammar.FreePositions(rank)}";
        block.Members.Add(new("", layers, $"public override partial Tensor forward([Shape(\"{axes}\"{layout})] Tensor x);"));
        models.Add(block.Build());
        var (channels, repeat, isStrided) = (sizes.Between(2, 8), sizes.Between(1, 3), caller.Chance(0.5));
        var arguments = $"channels: {channels.Code}" + (isStrided ? ", stride: index == 0 ? 2 : 1" : "");
        var names = caller.Chance(0.2) ? ", Name = \"unit{index + 1}\"" : "";
        var text = $"Block<{block.Name}>(\"{arguments}\", Repeat = {repeat.Argument}{names})";
        var output = isStrided
            ? WindowDraw.To(flow, axis => flow.Axes[axis + 2].To((flow.Axes[axis + 2].Size + 1) / 2, repeat))
            : flow;
        return output is null || output.Elements / output.Channels < 2 ? null : new(text, output.WithChannels(channels));
    }
}

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Draws the stages of a model and what they run beside layers: shortcuts, branches, calls, blocks.</summary>
internal sealed class StageGrammar
{
    private static readonly string[] Names =
        ["Stem", "Body", "Mix", "Attend", "Head", "Narrow", "Wide", "Reduce", "Conv", "Input"];

    private readonly NetBuilder _net;
    private readonly BlockGrammar? _blocks;
    private readonly SizeGrammar _sizes;
    private readonly MapLayers _maps;
    private readonly AnyLayers _any;
    private readonly OwnLayers _own;

    /// <summary>Stages of a model; without blocks where it is one that is nested deeply enough.</summary>
    public StageGrammar(NetBuilder net, BlockGrammar? blocks)
    {
        (_net, _blocks, _sizes) = (net, blocks, new(net));
        (_maps, _any, _own) = (new(net, _sizes), new(net, _sizes), new(net, _sizes));
    }

    /// <summary>A stage of any layers.</summary>
    /// <param name="flow">What flows in.</param>
    /// <param name="shape">What stands before its parameter: <c>[Shape("N, 8")] </c>, or nothing.</param>
    /// <param name="name">Its name; null for one that is free.</param>
    public NetFlow Free(NetFlow flow, string shape = "", string? name = null)
    {
        var layers = new List<string>();
        for (var count = _net.Between(1, 5); count > 0; count--)
            flow = Append(layers, Any(flow), flow);
        if (layers.Count == 0)
            layers.Add(_any.Activation());
        Add(layers, shape, name);
        return flow;
    }

    /// <summary>A stage that ends with the sum with its input or with what flowed at a label.</summary>
    public NetFlow Residual(NetFlow flow, string shape = "", string? name = null)
    {
        var layers = new List<string>();
        var from = "";
        if (_net.Chance(0.3))
        {
            flow = AppendKeeping(layers, flow, _net.Between(1, 2));
            layers.Add("Label(\"a\")");
            from = "From = \"a\"";
        }
        var source = flow;
        flow = AppendKeeping(layers, flow, _net.Between(1, 3));
        flow = flow.IsMap ? Strided(layers, flow) : Restored(layers, flow, source);
        if (_net.Chance(0.3))
            flow = Append(layers, _any.Norm(flow), flow);
        if (_net.Chance(0.3))
            layers.Add($"StochasticDepth({_sizes.Probability()})");
        var options = new List<string> { from };
        if (_net.Chance(0.2))
            options.Add(_net.Pick(
                "Scale = BranchScale.SkipInit",
                $"Scale = BranchScale.SkipInit, Initial = {_sizes.Factor()}",
                $"Scale = {_sizes.Factor()}"));
        if (_net.Chance(0.2))
            options.Add($"InputScale = {_sizes.Factor()}");
        if (flow.IsMap && _net.Chance(0.3))
            options.Add(_net.Pick("Kernel = 3", "Downsample = Downsample.AveragePool"));
        var endsWithScale = layers.Count > 0 && !layers[^1].Contains("When") && layers[^1].Split('(')[0] is "BatchNorm" or "GroupNorm" or "LayerNorm";
        if (endsWithScale && !options.Contains("Scale = BranchScale.SkipInit") && _net.Chance(0.5))
            options.Add("ZeroInit = true");
        var text = string.Join(", ", options.Where(option => option.Length > 0));
        layers.Add(text.Length > 0 ? $"Shortcut({text})" : "Shortcut");
        if (_net.Chance(0.5))
            layers.Add(_any.Activation());
        Add(layers, shape, name);
        return flow;
    }

    /// <summary>A stage with branches; those are stages of their own.</summary>
    public NetFlow Branched(NetFlow flow, string shape = "", string? name = null)
    {
        var layers = new List<string>();
        var place = _net.Members.Count;
        flow = AppendKeeping(layers, flow, _net.Between(0, 1));
        var merge = _net.Pick("Add", "Concat", "Multiply");
        var (names, parts) = (new List<string>(), new List<NetFlow>());
        for (var count = _net.Between(1, 3); count > 0; count--)
        {
            var inner = new List<string>();
            var part = AppendKeeping(inner, flow, _net.Between(1, 2));
            part = Resized(inner, part, merge == "Concat" ? _sizes.Between(1, 6) : _sizes.Of(flow.Channels));
            parts.Add(part);
            names.Add(Add(inner));
        }
        var how = merge == "Add" && _net.Chance(0.5) ? "" : $", Merge = Merge.{merge}";
        layers.Add($"Branch({string.Join(", ", names.Select(part => $"nameof({part})"))}{how})");
        if (parts.Count == 1)
            parts.Insert(0, flow);
        if (merge == "Concat")
        {
            var knowledge = parts.Max(part => part.Axes[part.ChannelAxis].Knowledge);
            flow = flow.With(flow.ChannelAxis, new(parts.Sum(part => part.Channels), knowledge));
        }
        flow = AppendKeeping(layers, flow, _net.Between(0, 1));
        Add(layers, shape, name, place);
        return flow;
    }

    /// <summary>A stage that calls a stage, or a method that someone wrote.</summary>
    public NetFlow Calling(NetFlow flow, string shape = "", string? name = null)
    {
        var layers = new List<string>();
        var place = _net.Members.Count;
        flow = AppendKeeping(layers, flow, _net.Between(0, 2));
        if (_net.Chance(0.5))
        {
            var inner = new List<string>();
            var called = Append(inner, Any(flow), flow);
            layers.Add($"Call(nameof({Add(inner.Count == 0 ? ["Tanh"] : inner)}))");
            flow = called;
        }
        else
            layers.Add($"Call(nameof({Method(flow)}))");
        flow = AppendKeeping(layers, flow, _net.Between(0, 1));
        Add(layers, shape, name, place);
        return flow;
    }

    /// <summary>A stage of a block, repeated where that fits.</summary>
    public NetFlow Nesting(NetFlow flow, string shape = "", string? name = null)
    {
        if (_blocks is null)
            return Residual(flow, shape, name);
        var layers = new List<string>();
        var place = _net.Members.Count;
        flow = AppendKeeping(layers, flow, _net.Between(0, 1));
        flow = Append(layers, _blocks.Draw(_net, _sizes, flow), flow);
        flow = AppendKeeping(layers, flow, _net.Between(0, 1));
        Add(layers.Count == 0 ? ["ReLU"] : layers, shape, name, place);
        return flow;
    }

    /// <summary>Any stage.</summary>
    public NetFlow Any(NetFlow flow, string shape = "", string? name = null) => _net.Random.Next(9) switch
    {
        0 or 1 => Residual(flow, shape, name),
        2 => Branched(flow, shape, name),
        3 => Calling(flow, shape, name),
        4 => Nesting(flow, shape, name),
        _ => Free(flow, shape, name),
    };

    /// <summary>Layers that bring what flows to a number of channels and positions as they were.</summary>
    public NetFlow Resized(List<string> layers, NetFlow flow, NetSize channels)
    {
        if (flow.IsMap)
            return Append(layers, _maps.Keeping(flow, channels), flow, canBeOptional: false);
        if (flow.ChannelAxis == flow.Rank - 1)
            return Append(layers, _any.Linear(flow, channels), flow, canBeOptional: false);
        layers.Add("Tanh");
        return flow;
    }

    /// <summary>Layers that keep the positions.</summary>
    public NetFlow AppendKeeping(List<string> layers, NetFlow flow, int count)
    {
        for (; count > 0; count--)
            flow = Append(layers, Keeping(flow), flow);
        return flow;
    }

    private NetLayer? Keeping(NetFlow flow) => _net.Random.Next(4) switch
    {
        0 when flow.IsMap => _maps.Keeping(flow, _sizes.Between(1, 8)),
        0 when flow.ChannelAxis == flow.Rank - 1 => _any.Linear(flow, _sizes.Between(1, 8)),
        1 => _own.Keeping(flow),
        _ => _any.Keeping(flow),
    };

    private NetLayer? Any(NetFlow flow)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var layer = _net.Random.Next(8) switch
            {
                0 or 1 => _own.Draw(flow),
                < 5 when flow.IsMap => _maps.Draw(flow),
                _ => _any.Draw(flow),
            };
            if (layer is not null && layer.Output.Elements <= 6000)
                return layer;
        }
        return null;
    }

    /// <summary>Adds a layer, now and then under a condition; what flows then is the layer's result or what came in.</summary>
    private NetFlow Append(List<string> layers, NetLayer? layer, NetFlow flow, bool canBeOptional = true)
    {
        if (layer is null)
            return flow;
        var isOptional = layer.Output.Rank == flow.Rank && layer.Output.ChannelAxis == flow.ChannelAxis
            && canBeOptional && _net.Chance(0.08);
        if (!isOptional)
        {
            layers.Add(layer.Text);
            return layer.Output;
        }
        var (flag, holds) = _sizes.Flag();
        layers.Add(layer.With(_net.Chance(0.5) ? $"When = nameof({flag})" : $"When = \"{flag}\"").Text);
        var result = holds ? layer.Output : flow;
        for (var axis = 0; axis < result.Rank; axis++)
        {
            var known = (AxisKnowledge)Math.Max((int)flow.Axes[axis].Knowledge, (int)layer.Output.Axes[axis].Knowledge);
            if (flow.Axes[axis] != layer.Output.Axes[axis])
                known = (AxisKnowledge)Math.Max((int)known, (int)AxisKnowledge.Built);
            result = result.With(axis, new(result.Axes[axis].Size, known));
        }
        return result;
    }

    private NetFlow Strided(List<string> layers, NetFlow flow)
    {
        if (_net.Chance(0.5))
            return Append(layers, _maps.Keeping(flow, ProjectedChannels()), flow, canBeOptional: false);
        // Without constants a kernel may be even, and then no shortcut fits.
        var stride = _sizes.Of(2);
        var channels = ProjectedChannels();
        var result = WindowDraw.To(flow, axis => flow.Axes[axis + 2].To((flow.Axes[axis + 2].Size + 1) / 2, stride))!;
        layers.Add($"Conv{flow.Positions}d({channels.Argument}, 3, Stride = {stride.Argument})");
        return result.WithChannels(channels);
    }

    /// <summary>Channels that the normalization of a shortcut's projection divides.</summary>
    private NetSize ProjectedChannels() =>
        _net.Normalization == NetNormalization.Group ? _sizes.Of(_net.Groups * _net.Between(1, 4)) : _sizes.Between(1, 8);

    private NetFlow Restored(List<string> layers, NetFlow flow, NetFlow source) =>
        flow.Channels == source.Channels ? flow : Resized(layers, flow, _sizes.Of(source.Channels));

    private string Method(NetFlow flow)
    {
        var axes = string.Join(", ", Enumerable.Range(0, flow.Rank).Select(axis => $"A{axis}"));
        var method = _net.FreeMember("Twist", "Turn", "Warp");
        var layout = InputGrammar.Layout(flow);
        _net.Members.Add(new($"    [return: Shape(\"{axes}\"{layout})]\n", [],
            $"private static Tensor {method}([Shape(\"{axes}\"{layout})] Tensor x) => {_net.Pick("x * 2", "x", "x.sin()")};"));
        return method;
    }

    private string Add(IReadOnlyList<string> layers, string shape = "", string? name = null, int? place = null)
    {
        // The only module of a stage has the stage's level for its name; beside others it needs a name of its own.
        var hasBlock = layers.Any(layer => layer.StartsWith("Block<", StringComparison.Ordinal));
        var head = _net.Random.Next(12) switch
        {
            0 when !hasBlock || layers.Count == 1 =>
                $"    [Stage(Name = \"{_net.FreeMember("features", "trunk", "encoder.layers")}\")]\n",
            1 => $"    [Stage(Name = \"{_net.FreeMember("seq", "list")}\", Numbered = true)]\n",
            2 => $"    [Initialization(Init.{_net.Pick("KaimingNormal", "XavierUniform", "Zeros", "Orthogonal")})]\n",
            _ => "",
        };
        var called = name ?? _net.FreeMember(Names);
        var tail = name == "forward"
            ? $"public override partial Tensor forward({shape}Tensor x);"
            : $"private partial Tensor {called}({shape}Tensor x);";
        var varied = layers.ToList();
        NetVariants.Vary(_net, varied);
        _net.Members.Insert(place ?? _net.Members.Count, new(head, varied, tail));
        return called;
    }
}

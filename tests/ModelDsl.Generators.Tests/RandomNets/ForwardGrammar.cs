namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>
/// Draws models with a <c>forward</c> that is written by hand: layers, parameters and buffers as properties, stages as
/// methods to call, and plain TorchSharp in between.
/// </summary>
internal sealed class ForwardGrammar(NetBuilder net, StageGrammar stages)
{
    private readonly SizeGrammar _sizes = new(net);
    private readonly List<string> _statements = ["var h = x;"];

    /// <summary>A forward over what flows in, with the shape that stands before its parameter.</summary>
    public NetFlow Draw(NetFlow flow, string shape)
    {
        flow = Layer(flow);
        for (var count = net.Between(1, 5); count > 0; count--)
            flow = Step(flow);
        var body = string.Join("\n        ", _statements.Append("return h;"));
        net.Members.Add(new("", [], $"public override Tensor forward({shape}Tensor x)\n    {{\n        {body}\n    }}"));
        return flow;
    }

    private NetFlow Step(NetFlow flow) => net.Random.Next(9) switch
    {
        0 or 1 => Layer(flow),
        2 => Stage(flow),
        3 => Own(flow),
        4 => Tied(flow),
        5 => Doubled(flow),
        6 => Pooled(flow),
        7 => Transposed(flow),
        _ => Say(flow, net.Pick("h.relu()", "nn.functional.gelu(h)", "h * 2", "h + h", "-h", "h.sigmoid() * h")),
    };

    private NetFlow Say(NetFlow flow, string expression)
    {
        _statements.Add($"h = {expression};");
        return flow;
    }

    /// <summary>A layer that is a property.</summary>
    private NetFlow Layer(NetFlow flow)
    {
        if (!flow.Axes[flow.ChannelAxis].IsKnownWhenBuilt || (!flow.IsMap && flow.ChannelAxis != flow.Rank - 1))
            return flow;
        var channels = _sizes.Between(1, 8);
        var (type, layer) = flow.IsMap
            ? ($"Conv{flow.Positions}d", $"Conv{flow.Positions}d({channels.Argument}, {net.Pick(1, 3)})")
            : ("Linear", $"Linear({channels.Argument})");
        var name = Property(layer, type);
        return Say(flow.WithChannels(channels), $"{name}.call(h)");
    }

    private NetFlow Stage(NetFlow flow)
    {
        var name = net.FreeMember("Body", "Mix", "Gate");
        var result = net.Chance(0.5) ? stages.Free(flow, name: name) : stages.Residual(flow, name: name);
        return Say(result, $"{name}(h)");
    }

    /// <summary>A parameter or a buffer that is added or multiplied with.</summary>
    private NetFlow Own(NetFlow flow)
    {
        // Of two parameters that meet either could be 1 and spread: nothing would be known of what comes out.
        if (flow.Axes[flow.ChannelAxis].Knowledge != AxisKnowledge.Constant)
            return flow;
        var behind = string.Concat(Enumerable.Repeat(", 1", flow.Rank - 1 - flow.ChannelAxis));
        var shape = $"{flow.Channels}{behind}";
        var values = net.Pick("", ", Initialization = Init.Zeros", ", Initialization = Init.Normal, Deviation = 0.02");
        var (attribute, type) = net.Chance(0.5)
            ? ($"Parameter(\"{shape}\"{values})", "Parameter")
            : ($"Buffer(\"{shape}\", Initialization = Init.Ones{net.Pick("", ", Persistent = false")})", "Tensor");
        return Say(flow, $"h {net.Pick("+", "*")} {Property(attribute, type)}");
    }

    private NetFlow Tied(NetFlow flow)
    {
        if (flow.ChannelAxis != flow.Rank - 1 || !flow.Axes[^1].IsKnownWhenBuilt)
            return flow;
        var features = _sizes.Of(flow.Channels);
        var first = Property($"Linear({features.Argument})", "Linear");
        var second = Property($"Linear({features.Argument}, Tied = nameof({first}))", "Linear");
        return Say(flow.WithChannels(features), $"{second}.call({first}.call(h))");
    }

    private NetFlow Doubled(NetFlow flow)
    {
        var channels = flow.Axes[flow.ChannelAxis];
        return channels.Size > 12
            ? flow
            : Say(flow.With(flow.ChannelAxis, channels.To(2 * channels.Size)), $"cat([h, h], {flow.ChannelAxis})");
    }

    private NetFlow Pooled(NetFlow flow)
    {
        if (!flow.IsMap || net.Chance(0.5))
            return flow;
        var axes = string.Join(", ", Enumerable.Range(2, flow.Positions));
        return Say(new([flow.Axes[0], flow.Axes[1]], 1), $"h.mean([{axes}])");
    }

    private NetFlow Transposed(NetFlow flow) => flow.Rank == 3
        ? Say(new([flow.Axes[0], flow.Axes[2], flow.Axes[1]], 3 - flow.ChannelAxis), "h.transpose(1, 2)")
        : flow.Rank == 4 && flow.IsMap
            ? Say(new([flow.Axes[0], flow.Axes[1], Product(flow.Axes[2], flow.Axes[3])], 1), "h.flatten(2)")
            : flow;

    private static NetAxis Product(NetAxis one, NetAxis other) =>
        new(one.Size * other.Size, (AxisKnowledge)Math.Max((int)one.Knowledge, (int)other.Knowledge));

    private string Property(string attribute, string type)
    {
        var name = net.FreeMember("First", "Second", "Classifier", "Token", "Offset");
        net.Members.Add(new("", [attribute], $"{net.Pick("public", "private")} partial {type} {name} {{ get; }}"));
        return name;
    }
}

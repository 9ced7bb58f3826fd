namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Says what goes into a model: its <c>[Shape]</c>.</summary>
internal static class InputGrammar
{
    /// <summary>The names of position axes.</summary>
    public static string FreePositions(int count) => count switch { 1 => "T", 2 => "H, W", _ => "D, H, W" };

    /// <summary>A first input: vectors, sequences, maps.</summary>
    public static (string Shape, NetFlow Flow) First(NetBuilder net)
    {
        int Size(int least, int most) => net.Between(least, most);
        var batch = new NetAxis(Size(2, 3), AxisKnowledge.Free);
        var channels = new NetAxis(Size(1, 8), AxisKnowledge.Free);
        NetAxis Position(int most) => new(Size(4, most), AxisKnowledge.Free);
        NetFlow flow = net.Random.Next(8) switch
        {
            0 => new([batch, channels], 1),
            1 => new([batch, Position(9), channels], 2),
            2 => new([batch, channels, Position(12)], 1),
            3 or 4 or 5 or 6 => new([batch, channels, Position(11), Position(11)], 1),
            _ => new([batch, channels, Position(6), Position(6), Position(6)], 1),
        };
        return Of(net, flow);
    }

    /// <summary>
    /// The input of these sizes as the model sees it: the batch is free, channels are a number or a parameter that the
    /// caller's shape decides, positions are free or numbers.
    /// </summary>
    public static (string Shape, NetFlow Flow) Of(NetBuilder net, NetFlow flow)
    {
        var free = new Queue<string>(flow.Rank switch { 2 => [], 3 => ["T"], 4 => ["H", "W"], _ => ["D", "H", "W"] });
        var (texts, isFixed) = (new List<string>(), net.Chance(0.4));
        for (var axis = 0; axis < flow.Rank; axis++)
        {
            var (size, text) = (flow.Axes[axis], $"{flow.Axes[axis].Size}");
            var knowledge = AxisKnowledge.Constant;
            if (axis == 0)
                (text, knowledge) = ("N", AxisKnowledge.Free);
            else if (axis == flow.ChannelAxis && net.Chance(0.6))
            {
                var isNested = !net.Name.EndsWith("Net", StringComparison.Ordinal);
                var channels = net.Add(new("int", net.FreeName(), text, size.Size) { IsInferred = isNested });
                (text, knowledge) = (channels.Name, AxisKnowledge.Built);
            }
            else if (axis != flow.ChannelAxis && (!isFixed || size.Knowledge == AxisKnowledge.Unknown))
                (text, knowledge) = (free.Dequeue(), AxisKnowledge.Free);
            texts.Add(text);
            flow = flow.With(axis, new(size.Size, knowledge));
        }
        return ($"[Shape(\"{string.Join(", ", texts)}\"{Layout(flow)})] ", flow);
    }

    /// <summary>Where the channels stand, if it isn't where they would be by the rank.</summary>
    public static string Layout(NetFlow flow)
    {
        if (flow.ChannelAxis == (flow.Rank >= 4 ? 1 : flow.Rank - 1))
            return "";
        return flow.ChannelAxis == 1 ? ", Layout = Layout.ChannelsFirst" : ", Layout = Layout.ChannelsLast";
    }
}

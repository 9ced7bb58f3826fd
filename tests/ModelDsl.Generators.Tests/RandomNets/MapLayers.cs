namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Layers over the positions of feature maps.</summary>
internal sealed class MapLayers(NetBuilder net, SizeGrammar sizes)
{
    private static readonly string[] PaddingModes = ["Zeros", "Reflect", "Replicate", "Circular"];

    /// <summary>Any of them, or null where what was drawn doesn't fit.</summary>
    public NetLayer? Draw(NetFlow flow) => net.Random.Next(16) switch
    {
        0 or 1 or 2 => Convolution(flow, isDepthwise: false),
        3 => Convolution(flow, isDepthwise: true),
        4 => Transposed(flow),
        5 or 6 => Pool(flow),
        7 => PowerPool(flow),
        8 => AdaptivePool(flow),
        9 or 10 => Pad(flow),
        11 => Upsample(flow),
        12 => PixelShuffle(flow),
        13 => PixelUnshuffle(flow),
        14 => Unfold(flow),
        _ => ChannelShuffle(flow),
    };

    /// <summary>A convolution that keeps the positions.</summary>
    public NetLayer Keeping(NetFlow flow, NetSize channels, string options = "")
    {
        var kernel = net.Pick(1, 3, 3, 5);
        return new($"Conv{flow.Positions}d({channels.Argument}, {kernel}{options})", flow.WithChannels(channels));
    }

    public NetLayer? Convolution(NetFlow flow, bool isDepthwise)
    {
        var window = new WindowDraw(net, sizes, flow);
        var channels = isDepthwise ? sizes.Between(1, 2) : sizes.Between(1, 10);
        var ((kernelText, kernel), (strideText, stride)) = (window.Draw(1, 4), window.Draw(1, 2));
        var ((dilationText, dilation), (paddingText, padding)) = (window.Draw(1, 2), window.Draw(0, 2));
        var (hasStride, hasDilation, hasPadding) = (net.Chance(0.4), net.Chance(0.2), net.Chance(0.3));
        int Stride(int axis) => hasStride ? stride[axis].Value : 1;
        int Dilation(int axis) => hasDilation ? dilation[axis].Value : 1;
        int Padding(int axis) => hasPadding
            ? padding[axis].Value
            : WindowDraw.SamePadding(kernel[axis], hasStride ? stride[axis] : NetSize.Of(1), Dilation(axis));
        var result = WindowDraw.To(flow, axis =>
        {
            var extent = (Dilation(axis) * (kernel[axis].Value - 1)) + 1;
            var count = WindowDraw.Count(flow.Axes[axis + 2].Size, extent, Stride(axis), Padding(axis));
            return flow.Axes[axis + 2].To(count, kernel[axis], stride[axis], dilation[axis], padding[axis]);
        });
        var mode = net.Chance(0.25) ? net.Between(1, 3) : 0;
        if (result is null
            || (mode is 1 or 3 && Enumerable.Range(0, flow.Positions).Any(axis => Padding(axis) >= flow.Axes[axis + 2].Size)))
            return null;
        var groups = isDepthwise ? NetSize.Of(1) : Groups(flow.Channels, channels.Value);
        var text = (isDepthwise ? $"DepthwiseConv{flow.Positions}d(" : $"Conv{flow.Positions}d({channels.Argument}, ")
            + kernelText
            + (isDepthwise && channels.Value > 1 ? $", Multiplier = {channels.Argument}" : "")
            + (hasStride ? $", Stride = {strideText}" : "")
            + (hasDilation ? $", Dilation = {dilationText}" : "")
            + (hasPadding ? $", Padding = {paddingText}" : "")
            + (groups.Value > 1 ? $", Groups = {groups.Argument}" : "")
            + (mode > 0 ? $", PaddingMode = PaddingMode.{PaddingModes[mode]}" : "")
            + (net.Chance(0.15) ? ", Bias = false" : "") + ")";
        var made = isDepthwise ? flow.Axes[1].To(flow.Channels * channels.Value, channels) : channels.Axis;
        return new(text, result.With(1, made));
    }

    private NetSize Groups(int before, int after)
    {
        var fitting = Enumerable.Range(2, 4).Where(groups => before % groups == 0 && after % groups == 0).ToList();
        return fitting.Count > 0 && net.Chance(0.3) ? sizes.Of(net.Pick(fitting)) : NetSize.Of(1);
    }

    private NetLayer? Transposed(NetFlow flow)
    {
        var window = new WindowDraw(net, sizes, flow);
        var channels = sizes.Between(1, 6);
        var ((kernelText, kernel), (strideText, stride)) = (window.Draw(1, 3), window.Draw(1, 2));
        var (paddingText, padding) = window.Draw(0, 1);
        var (hasStride, hasPadding) = (net.Chance(0.6), net.Chance(0.3));
        var more = hasStride && stride.All(size => size.Value == 2) && net.Chance(0.4) ? 1 : 0;
        var result = WindowDraw.To(flow, axis =>
        {
            var size = (flow.Axes[axis + 2].Size - 1) * (hasStride ? stride[axis].Value : 1)
                - (2 * (hasPadding ? padding[axis].Value : 0)) + kernel[axis].Value + more;
            return flow.Axes[axis + 2].To(size, kernel[axis], stride[axis], padding[axis]);
        });
        if (result is null)
            return null;
        var groups = Groups(flow.Channels, channels.Value);
        return new(
            $"ConvTranspose{flow.Positions}d({channels.Argument}, {kernelText}"
                + (hasStride ? $", Stride = {strideText}" : "")
                + (hasPadding ? $", Padding = {paddingText}" : "")
                + (more > 0 ? ", OutputPadding = 1" : "")
                + (groups.Value > 1 ? $", Groups = {groups.Argument}" : "") + ")",
            result.With(1, channels.Axis));
    }

    private NetLayer? Pool(NetFlow flow)
    {
        var (window, isMax) = (new WindowDraw(net, sizes, flow), net.Chance(0.5));
        var ((kernelText, kernel), (strideText, stride)) = (window.Draw(2, 3), window.Draw(1, 3));
        var (hasStride, padding, dilation) = (net.Chance(0.5), net.Chance(0.3) ? 1 : 0, isMax && net.Chance(0.2) ? 2 : 1);
        var isCeiled = net.Chance(0.3);
        // PyTorch compares a volume without its padding to the window of a mean.
        if (!isMax && flow.Positions == 3 && Enumerable.Range(0, 3).Any(axis => flow.Axes[axis + 2].Size < kernel[axis].Value))
            return null;
        var result = WindowDraw.To(flow, axis => flow.Axes[axis + 2].To(
            WindowDraw.Count(
                flow.Axes[axis + 2].Size,
                (dilation * (kernel[axis].Value - 1)) + 1,
                (hasStride ? stride : kernel)[axis].Value,
                padding,
                isCeiled),
            kernel[axis], stride[axis]));
        return result is null ? null : new(
            $"{(isMax ? "Max" : "Avg")}Pool{flow.Positions}d({kernelText}"
                + (hasStride ? $", Stride = {strideText}" : "")
                + (padding > 0 ? ", Padding = 1" : "")
                + (dilation > 1 ? ", Dilation = 2" : "")
                + (isCeiled ? ", CeilMode = true" : "")
                + (!isMax && net.Chance(0.3) ? ", CountIncludePad = false" : "") + ")",
            result);
    }

    private NetLayer? PowerPool(NetFlow flow)
    {
        if (flow.Positions > 2)
            return null;
        var kernel = sizes.Between(2, 3);
        var result = WindowDraw.To(flow, axis => flow.Axes[axis + 2].To(
            WindowDraw.Count(flow.Axes[axis + 2].Size, kernel.Value, kernel.Value, 0), kernel));
        return result is null ? null : new($"LPPool{flow.Positions}d(2, {kernel.Argument})", result);
    }

    private NetLayer? AdaptivePool(NetFlow flow)
    {
        var (text, each) = new WindowDraw(net, sizes, flow).Draw(1, 3);
        return WindowDraw.To(flow, axis => each[axis].Axis) is { } result
            ? new($"Adaptive{net.Pick("Avg", "Max")}Pool{flow.Positions}d({text})", result)
            : null;
    }

    private NetLayer? Pad(NetFlow flow)
    {
        var kind = net.Pick("Zero", "Constant", "Reflection", "Replication", "Circular");
        var least = kind is "Zero" or "Constant" && net.Chance(0.3) ? -1 : 0;
        if (flow.Axes.Skip(2).Any(axis => axis.Size < 3))
            return null;
        var sides = net.Chance(0.5)
            ? Enumerable.Repeat(sizes.Between(1, 2), 2 * flow.Positions).ToList()
            : [.. Enumerable.Range(0, 2 * flow.Positions).Select(_ => Side(net.Between(least, 2)))];
        // The last axis comes first.
        var result = WindowDraw.To(flow, axis =>
        {
            var (before, after) = (sides[2 * (flow.Positions - 1 - axis)], sides[(2 * (flow.Positions - 1 - axis)) + 1]);
            return flow.Axes[axis + 2].To(flow.Axes[axis + 2].Size + before.Value + after.Value, before, after);
        });
        var text = sides.Distinct().Count() == 1 && sides[0].Value > 0
            ? sides[0].Argument
            : $"\"{string.Join(", ", sides.Select(side => side.Code))}\"";
        return result is null ? null : new(
            $"{kind}Pad{flow.Positions}d({text}{(kind == "Constant" ? ", Value = 0.5" : "")})", result);
    }

    private NetSize Side(int size) => size < 0 ? NetSize.Of(size) : sizes.Of(size);

    private NetLayer? Upsample(NetFlow flow)
    {
        var mode = flow.Positions switch { 1 => "Linear", 2 => net.Pick("Bilinear", "Bicubic"), _ => "Trilinear" };
        var how = net.Chance(0.4) ? $", Mode = UpsampleMode.{mode}{(net.Chance(0.4) ? ", AlignCorners = true" : "")}" : "";
        if (net.Chance(0.3))
        {
            var (text, each) = new WindowDraw(net, sizes, flow).Draw(1, 7);
            return WindowDraw.To(flow, axis => each[axis].Axis) is { } sized ? new($"Upsample(Size = {text}{how})", sized) : null;
        }
        if (net.Chance(0.2))
            return WindowDraw.To(flow, axis => Scaled(flow.Axes[axis + 2])) is { } scaled
                ? new($"Upsample(Scale = 1.5{how})", scaled)
                : null;
        var (factorText, factor) = new WindowDraw(net, sizes, flow).Draw(1, 2);
        var result = WindowDraw.To(
            flow, axis => flow.Axes[axis + 2].To(flow.Axes[axis + 2].Size * factor[axis].Value, factor[axis]));
        return result is null ? null : new($"Upsample(Scale = {factorText}{how})", result);
    }

    private static NetAxis Scaled(NetAxis axis) =>
        new(axis.Size * 3 / 2, axis.Knowledge == AxisKnowledge.Constant ? AxisKnowledge.Constant : AxisKnowledge.Unknown);

    private NetLayer? PixelShuffle(NetFlow flow)
    {
        if (flow.Positions != 2 || flow.Channels % 4 != 0)
            return null;
        var factor = sizes.Of(2);
        var result = WindowDraw.To(flow, axis => flow.Axes[axis + 2].To(flow.Axes[axis + 2].Size * 2, factor));
        var channels = flow.Axes[1].To(flow.Channels / 4, factor);
        return result is null ? null : new($"PixelShuffle({factor.Argument})", result.With(1, channels));
    }

    private NetLayer? PixelUnshuffle(NetFlow flow)
    {
        if (flow.Positions != 2 || flow.Axes.Skip(2).Any(axis => axis.Size % 2 != 0))
            return null;
        var factor = sizes.Of(2);
        var result = WindowDraw.To(flow, axis => flow.Axes[axis + 2].To(flow.Axes[axis + 2].Size / 2, factor));
        var channels = flow.Axes[1].To(flow.Channels * 4, factor);
        return result is null ? null : new($"PixelUnshuffle({factor.Argument})", result.With(1, channels));
    }

    private NetLayer? Unfold(NetFlow flow)
    {
        if (flow.Positions != 2)
            return null;
        var (kernelText, kernel) = new WindowDraw(net, sizes, flow).Draw(1, 2);
        var counts = Enumerable.Range(0, 2)
            .Select(axis => WindowDraw.Count(flow.Axes[axis + 2].Size, kernel[axis].Value, 1, 0))
            .ToList();
        if (counts.Any(count => count < 1))
            return null;
        var knowledge = (AxisKnowledge)Math.Max((int)flow.Axes[2].Knowledge, (int)flow.Axes[3].Knowledge);
        var channels = flow.Axes[1].To(flow.Channels * kernel[0].Value * kernel[1].Value, kernel);
        var positions = new NetAxis(flow.Axes[2].Size, knowledge).To(counts[0] * counts[1], kernel);
        return channels.Size > 64 ? null : new($"Unfold({kernelText})", new([flow.Axes[0], channels, positions], 1));
    }

    private NetLayer? ChannelShuffle(NetFlow flow)
    {
        var fitting = Enumerable.Range(2, 4).Where(groups => flow.Channels % groups == 0).ToList();
        return fitting.Count == 0 ? null : new($"ChannelShuffle({sizes.Of(net.Pick(fitting)).Argument})", flow);
    }
}

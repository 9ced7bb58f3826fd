namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>A window that was drawn: an option of it is one size, or one for each axis.</summary>
internal sealed class WindowDraw(NetBuilder net, SizeGrammar sizes, NetFlow flow)
{
    private readonly bool _isRectangular = flow.Positions > 1 && net.Chance(0.3);

    /// <summary>Sizes for the position axes: one argument, and each axis's size.</summary>
    public (string Argument, IReadOnlyList<NetSize> Each) Draw(int least, int most)
    {
        if (!_isRectangular || net.Chance(0.3))
        {
            var size = sizes.Between(least, most);
            return (size.Argument, [.. Enumerable.Repeat(size, flow.Positions)]);
        }
        NetSize[] each = [.. Enumerable.Range(0, flow.Positions).Select(_ => sizes.Between(least, most))];
        return ($"\"{string.Join(", ", each.Select(size => size.Code))}\"", each);
    }

    /// <summary>As much padding as makes an odd kernel keep the size, where nobody says how much.</summary>
    public static int SamePadding(NetSize kernel, NetSize stride, int dilation) =>
        kernel.Value % 2 == 0 || (kernel.IsConstant && stride.IsConstant && stride.Value >= kernel.Value)
            ? 0
            : dilation * (kernel.Value / 2);

    /// <summary>The windows on an axis.</summary>
    public static int Count(int positions, int extent, int stride, int padding, bool isCeiled = false)
    {
        var rest = positions + (2 * padding) - extent;
        if (rest < 0)
            return 0;
        if (!isCeiled)
            return (rest / stride) + 1;
        var count = ((rest + stride - 1) / stride) + 1;
        return (count - 1) * stride >= positions + padding ? count - 1 : count;
    }

    /// <summary>The flow with other sizes of positions; null where one is none, or where there are too many elements.</summary>
    public static NetFlow? To(NetFlow flow, Func<int, NetAxis> axis)
    {
        for (var index = 0; index < flow.Positions; index++)
            flow = flow.With(index + 2, axis(index));
        return flow.Sizes.Any(size => size < 1) || flow.Elements > 6000 ? null : flow;
    }
}

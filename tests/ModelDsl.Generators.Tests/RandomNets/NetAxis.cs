namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>An axis with the size that it has in the net that is run.</summary>
internal readonly record struct NetAxis(int Size, AxisKnowledge Knowledge)
{
    /// <summary>Whether a layer's weight may depend on it.</summary>
    public bool IsKnownWhenBuilt => Knowledge <= AxisKnowledge.Built;

    /// <summary>Another size that follows from this one and from sizes that are constant or not.</summary>
    public NetAxis To(int size, params IEnumerable<NetSize> from) =>
        new(size, (AxisKnowledge)Math.Max((int)Knowledge, from.Any(other => !other.IsConstant) ? (int)AxisKnowledge.Built : 0));
}

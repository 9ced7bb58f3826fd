namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>How much the compiler knows of an axis, least last.</summary>
internal enum AxisKnowledge
{
    /// <summary>A number.</summary>
    Constant,

    /// <summary>What the constructor's arguments decide.</summary>
    Built,

    /// <summary>What the caller of <c>forward</c> decides.</summary>
    Free,

    /// <summary>Nothing.</summary>
    Unknown,
}

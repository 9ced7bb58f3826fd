namespace ModelDsl.Definition;

/// <summary>What is known of a call that builds a model: <c>new ResNet(depth: 56, norm: Normalization.Instance())</c>.</summary>
/// <param name="Arguments">What the call passes.</param>
/// <param name="Normalization">The choice that it passes; null where it passes none, or one that is not known.</param>
public sealed record ModelCall(EquatableArray<CallArgument> Arguments, NormalizationChoice? Normalization)
{
    /// <summary>Whether the call says anything that the declaration's defaults do not.</summary>
    public bool SaysSomething => Arguments.Count > 0 || Normalization is not null;
}

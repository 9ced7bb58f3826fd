namespace ModelDsl.Definition;

/// <summary>A layer on the way of a signal through a model; sizes are symbolic until parameters are known.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Layer">Where it was declared in the model itself; null inside a block.</param>
/// <param name="Channels">The channels of a convolution or normalization.</param>
/// <param name="Normalization">The choice of a normalization, or of a residual's projection.</param>
/// <param name="HasProjection">Whether a residual's shortcut may be a projection.</param>
/// <param name="Identity">When such a shortcut is the identity all the same; null where that isn't known.</param>
/// <param name="Inner">The layers of a residual's branch or of a block.</param>
/// <param name="Repeat">How often a block repeats.</param>
/// <param name="Kernel">The kernel of a convolution or pooling.</param>
/// <param name="Stride">The stride of a convolution, of pooling, or of a residual's projection.</param>
/// <param name="Padding">The padding of a convolution.</param>
public sealed record PathStep(
    PathStepKind Kind,
    Anchor? Layer,
    Size? Channels = null,
    NormalizationChoice? Normalization = null,
    bool HasProjection = false,
    Condition? Identity = null,
    EquatableArray<PathStep> Inner = default,
    Size? Repeat = null,
    Size? Kernel = null,
    Size? Stride = null,
    Size? Padding = null)
{
    /// <summary>Far beyond any network that is judged; stages that call each other could unroll without end.</summary>
    private const int MostSteps = 2_000;

    /// <summary>The steps where a judgment can walk them, else one of which nothing is known.</summary>
    public static EquatableArray<PathStep> Bounded(IReadOnlyCollection<PathStep> steps, Anchor? layer) =>
        steps.Sum(step => step.Count) <= MostSteps
            ? steps.ToEquatableArray()
            : new[] { new PathStep(PathStepKind.Unknown, layer) }.ToEquatableArray();

    /// <summary>
    /// Of a residual with factors: whether the ReLU that belongs to the last normalization of its branch stands behind the sum.
    /// </summary>
    public bool IsRectifiedBehind { get; init; }

    private int Count => 1 + Inner.Sum(step => step.Count);

    /// <summary>
    /// The step inside a caller: parameters become the caller's sizes, an inherited normalization the caller's choice.
    /// </summary>
    public PathStep Nest(Func<string, Size?> replacement, NormalizationChoice? choice) => this with
    {
        Layer = null,
        Channels = Channels?.Substitute(replacement),
        Normalization = Normalization is { IsOpen: true } open ? Chosen(open, choice) : Normalization,
        Identity = Identity?.Substitute(replacement),
        Inner = Inner
            .Select(step => step.Nest(Kind == PathStepKind.Block ? InRepeat(replacement) : replacement, choice))
            .ToEquatableArray(),
        Repeat = Repeat?.Substitute(replacement),
        Kernel = Kernel?.Substitute(replacement),
        Stride = Stride?.Substitute(replacement),
        Padding = Padding?.Substitute(replacement),
    };

    /// <summary>
    /// Inside a repeat <c>index</c> is that repeat's own; a size over the index of a repeat around it has no name there
    /// and is not known.
    /// </summary>
    private static Func<string, Size?> InRepeat(Func<string, Size?> replacement) => symbol =>
    {
        if (symbol == SizeNames.Index)
            return Size.Symbol(symbol);
        var size = replacement(symbol);
        return size is not null && size.Symbols().Contains(SizeNames.Index) ? null : size;
    };

    private static NormalizationChoice Chosen(NormalizationChoice open, NormalizationChoice? choice) => choice switch
    {
        null => open with { Parameter = null },
        _ when ReferenceEquals(choice, NormalizationChoice.Unknown) => choice,
        { Kind: NormalizationKind.Inherit } =>
            open with { Parameter = choice.Parameter, IsTracked = open.IsTracked || choice.IsTracked },
        _ => choice with { IsTracked = open.IsTracked || choice.IsTracked },
    };
}

using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// MDL403: WeightNorm in residual blocks, whose branches have no factor or whose scaled ReLU stands behind the sum, where no
/// factor of the branch limits what it does to the shortcut. MDL404: many residual blocks with standardised weights whose
/// branches have no factor. In both the variance grows by a factor with each block; the factors were measured at initialisation
/// (Beyond BatchNorm, Lubana et al. 2021, explains them), the threshold is this project's own. MDL406: both paths times 1 / sqrt
/// 2, which holds the variance and not the gradient.
/// </summary>
internal static class ResidualJudgment
{
    /// <summary>By how much a block multiplies the variance.</summary>
    private const double WeightNormGrowth = 4.5;

    private const double StandardisedGrowth = 2;

    /// <summary>
    /// The same of WeightNorm with its scaled ReLU behind the sum: 1e11 in 27 blocks, whatever the branch's factor.
    /// </summary>
    private const double RectifiedSumGrowth = 2.6;

    /// <summary>The same with both paths scaled: 1e9 in 27 blocks.</summary>
    private const double BalancedSumGrowth = 2.2;

    private const double MuchGrowth = 100;

    /// <summary>By how much a block with both paths scaled multiplies the gradient: 1400 in 27 blocks.</summary>
    private const double BalancedGrowth = 1.3;

    private const int ManyBalanced = 7;

    /// <summary>Judges a model by its layers at its defaults.</summary>
    public static IEnumerable<Finding> Of(ModelDefinition definition, IReadOnlyList<PathStep> path) =>
        Judge(path).Select(judged => judged.Finding(AnchorOf(definition.Declaration, judged)));

    /// <summary>Judges a model as a call builds it, where the call chooses the normalization.</summary>
    public static IEnumerable<Finding> OfCall(ModelContract contract, ModelCall call)
    {
        if (call.Normalization is null)
            return [];
        var values = call.Arguments.Aggregate(
            Defaults.Of(contract.Parameters), static (known, argument) => known.With(argument));
        var chosen = contract.Path.Select(step => step.Nest(Size.Symbol, call.Normalization));
        return PathUnroller.Unroll(chosen, values.Find) is { } path
            ? Judge(path).Where(judged => judged.Kind == call.Normalization.Kind).Select(judged => judged.Finding(Anchor.Class))
            : [];
    }

    private static IEnumerable<Judged> Judge(IReadOnlyList<PathStep> path) =>
    [
        .. WeightNorms(path).Where(judged => judged.Blocks.Count > 0).Take(1),
        .. Standardised(path),
        .. Balanced(path, NormalizationKind.ScaledWeightStandardization, static _ => true),
        .. Balanced(path, NormalizationKind.Weight, static block => !block.IsRectifiedBehind),
    ];

    private static IEnumerable<Judged> WeightNorms(IReadOnlyList<PathStep> path)
    {
        Judged Of(PathStepKind kind, Func<PathStep, bool> isMeant, double growth) => new(
            Rules.WeightNormInResiduals,
            NormalizationKind.Weight,
            [.. Residuals(path, kind).Where(block => Has(block, NormalizationKind.Weight) && isMeant(block))],
            growth);

        yield return Of(PathStepKind.Residual, static _ => true, WeightNormGrowth);
        yield return Of(PathStepKind.ScaledResidual, IsRectifiedSum, RectifiedSumGrowth);
        yield return Of(PathStepKind.BalancedResidual, IsRectifiedSum, BalancedSumGrowth);
    }

    private static IEnumerable<Judged> Standardised(IReadOnlyList<PathStep> path)
    {
        const NormalizationKind Kind = NormalizationKind.ScaledWeightStandardization;
        var blocks = Residuals(path, PathStepKind.Residual).Where(block => Has(block, Kind)).ToList();
        if (Math.Pow(StandardisedGrowth, blocks.Count) >= MuchGrowth)
            yield return new(Rules.ResidualsWithoutFactor, Kind, blocks, StandardisedGrowth);
    }

    private static IEnumerable<Judged> Balanced(
        IReadOnlyList<PathStep> path, NormalizationKind kind, Func<PathStep, bool> isMeant)
    {
        var blocks = Residuals(path, PathStepKind.BalancedResidual).Where(block => Has(block, kind) && isMeant(block)).ToList();
        if (blocks.Count >= ManyBalanced)
            yield return new(Rules.BothPathsScaled, kind, blocks, BalancedGrowth);
    }

    /// <summary>Whether the scaled ReLU of the branch's last WeightNorm multiplies the shortcut as well.</summary>
    private static bool IsRectifiedSum(PathStep block) => block.IsRectifiedBehind
        && block.Inner.LastOrDefault(inner => inner.Kind == PathStepKind.Normalization)?.Normalization!.Kind
            == NormalizationKind.Weight;

    /// <summary>The residual blocks of a kind; of other factors the path says nothing.</summary>
    private static IEnumerable<PathStep> Residuals(IEnumerable<PathStep> path, PathStepKind kind) =>
        path.SelectMany(step => step.Kind == kind ? [step] : Residuals(step.Inner, kind));

    private static bool Has(PathStep step, NormalizationKind kind) => step.Inner.Any(
        inner => (inner.Kind == PathStepKind.Normalization && inner.Normalization!.Kind == kind) || Has(inner, kind));

    /// <summary>The attribute on the class that made the choice, else the block.</summary>
    private static Anchor AnchorOf(ModelDeclaration model, Judged judged) =>
        NormalizationResolver.OfClass(model)?.Kind == judged.Kind
            ? new(Argument: Anchor.Variant)
            : judged.Blocks[0].Layer ?? Anchor.Class;

    private sealed record Judged(Rule Rule, NormalizationKind Kind, IReadOnlyList<PathStep> Blocks, double Growth)
    {
        private const string Factor = "move the activation before the last weight layer of the branch "
            + "and give the branch a factor, 'Shortcut(Scale = BranchScale.SkipInit)'";

        private const string Activation = "no factor of the branch holds it, "
            + "as the scaled ReLU behind the sum multiplies the shortcut too: "
            + "move the activation before the last weight layer of the branch";

        public Finding Finding(Anchor anchor)
        {
            var growth = TwoDigits(Math.Pow(Growth, Blocks.Count));
            string[] first = Rule == Rules.BothPathsScaled ? [Kind.Attribute()] : [];
            string[] last = Rule != Rules.WeightNormInResiduals ? []
                : [Growth.ToString(CultureInfo.InvariantCulture), Blocks[0].Kind == PathStepKind.Residual ? Factor : Activation];
            string[] arguments = [.. first, $"{Blocks.Count}", growth, .. last];
            return new(Rule, anchor, arguments.ToEquatableArray());
        }

        /// <summary>9.1, 26, 260, 2600, 2.6E+04.</summary>
        private static string TwoDigits(double value)
        {
            var unit = value < 1000 ? 10 : 100;
            return value is < 100 or >= 10_000
                ? value.ToString("G2", CultureInfo.InvariantCulture)
                : (Math.Round(value / unit) * unit).ToString("F0", CultureInfo.InvariantCulture);
        }
    }
}

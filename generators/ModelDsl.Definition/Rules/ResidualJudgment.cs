using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// MDL403: WeightNorm in residual blocks. MDL404: many residual blocks with standardised weights whose branches have no factor. Neither
/// limits what a branch adds, so that the variance grows by a factor with each block; the factors were measured at initialisation
/// (Beyond BatchNorm, Lubana et al. 2021, explains them), the threshold is this project's own. MDL406: the same with both paths times
/// 1 / sqrt 2, which holds the variance and not the gradient.
/// </summary>
internal static class ResidualJudgment
{
    /// <summary>By how much a block multiplies the variance.</summary>
    private const double WeightNormGrowth = 4.5;

    private const double StandardisedGrowth = 2;

    private const double MuchGrowth = 100;

    /// <summary>By how much a block with both paths scaled multiplies the gradient: 1400 in 27 blocks.</summary>
    private const double BalancedGrowth = 1.3;

    private const int ManyBalanced = 7;

    /// <summary>Judges a model at its defaults.</summary>
    public static IEnumerable<Finding> Of(ModelDefinition definition)
    {
        var defaults = Defaults.Of(definition.Declaration.Parameters);
        return PathUnroller.Unroll(definition.Contract.Path, defaults.Find) is { } path
            ? Judge(path).Select(judged => judged.Finding(AnchorOf(definition.Declaration, judged)))
            : [];
    }

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

    private static IEnumerable<Judged> Judge(IReadOnlyList<PathStep> path)
    {
        var blocks = Residuals(path, PathStepKind.Residual).ToList();
        var weights = blocks.Where(block => Has(block, NormalizationKind.Weight)).ToList();
        if (weights.Count > 0)
            yield return new(
                Rules.WeightNormInResiduals, NormalizationKind.Weight, weights[0], weights.Count, WeightNormGrowth);
        var standardised = blocks.Where(block => Has(block, NormalizationKind.ScaledWeightStandardization)).ToList();
        if (Math.Pow(StandardisedGrowth, standardised.Count) >= MuchGrowth)
            yield return new(
                Rules.ResidualsWithoutFactor,
                NormalizationKind.ScaledWeightStandardization,
                standardised[0],
                standardised.Count,
                StandardisedGrowth);
        var balanced = Residuals(path, PathStepKind.BalancedResidual).ToList();
        foreach (var kind in new[] { NormalizationKind.ScaledWeightStandardization, NormalizationKind.Weight })
        {
            var scaled = balanced.Where(block => Has(block, kind)).ToList();
            if (scaled.Count >= ManyBalanced)
                yield return new(Rules.BothPathsScaled, kind, scaled[0], scaled.Count, BalancedGrowth);
        }
    }

    /// <summary>The residual blocks without a factor, or with one on both paths; of other factors the path says nothing.</summary>
    private static IEnumerable<PathStep> Residuals(IEnumerable<PathStep> path, PathStepKind kind) =>
        path.SelectMany(step => step.Kind == kind ? [step] : Residuals(step.Inner, kind));

    private static bool Has(PathStep step, NormalizationKind kind) => step.Inner.Any(
        inner => (inner.Kind == PathStepKind.Normalization && inner.Normalization!.Kind == kind) || Has(inner, kind));

    /// <summary>The attribute on the class that made the choice, else the block.</summary>
    private static Anchor AnchorOf(ModelDeclaration model, Judged judged) =>
        NormalizationResolver.OfClass(model)?.Kind == judged.Kind ? new(Argument: Anchor.Variant) : judged.First.Layer ?? Anchor.Class;

    private sealed record Judged(Rule Rule, NormalizationKind Kind, PathStep First, int Count, double Growth)
    {
        public Finding Finding(Anchor anchor)
        {
            var growth = Math.Pow(Growth, Count).ToString("G2", CultureInfo.InvariantCulture);
            string[] arguments = Rule == Rules.BothPathsScaled ? [Kind.Attribute(), $"{Count}", growth] : [$"{Count}", growth];
            return new(Rule, anchor, arguments.ToEquatableArray());
        }
    }
}

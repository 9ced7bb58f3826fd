namespace ModelDsl;

/// <summary>What variants are called in messages: as their attributes.</summary>
internal static class NormalizationVariants
{
    /// <summary>The attribute of a variant, without brackets: <c>GroupNorm</c>, <c>EvoNormS0</c>, <c>NoNorm</c>.</summary>
    public static string AttributeName(this NormalizationVariant variant) => variant switch
    {
        NormalizationVariant.Inherit => "Norm",
        NormalizationVariant.None => "NoNorm",
        NormalizationVariant.Custom => "Norm<T>",
        NormalizationVariant.ScaledWeightStandardization or NormalizationVariant.WeightCentering => $"{variant}",
        >= NormalizationVariant.EvoNormB0 and <= NormalizationVariant.EvoNormS2 => $"{variant}",
        _ => $"{variant}Norm",
    };
}

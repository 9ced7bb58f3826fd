namespace ModelDsl.Kernels;

/// <summary>A filter w becomes Scale * gain * c / (||c|| + Offset).</summary>
/// <param name="Centres">Whether c is w - mean(w); else it is w.</param>
/// <param name="Scale">A factor for all filters.</param>
/// <param name="Offset">Added to the norm.</param>
internal sealed record FilterNormSettings(bool Centres, double Scale, double Offset);

namespace ModelDsl.Kernels;

/// <summary>An EvoNorm by the statistics of examples: S0, S1, S2.</summary>
/// <param name="Groups">The groups of an example.</param>
/// <param name="Centres">Whether it divides by the deviation (S0, S1) or by the root of the mean square (S2).</param>
/// <param name="Epsilon">Added to the variance or mean square.</param>
internal sealed record SampleEvoNormSettings(int Groups, bool Centres, double Epsilon);

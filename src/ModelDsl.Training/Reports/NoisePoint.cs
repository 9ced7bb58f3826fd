namespace ModelDsl.Training;

/// <summary>The gradient noise scale at one step.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Scale">The estimate there, in examples.</param>
public readonly record struct NoisePoint(int Step, double Scale);

namespace ModelDsl;

/// <summary>Sigmoid linear unit, also Swish: x * sigmoid(x) (Elfwing et al. 2018, Ramachandran et al. 2017). Any shape.</summary>
/// <remarks>
/// <code>
/// [Conv2d(16, 3), Norm, SiLU]   // norm.silu()
/// </code>
/// Not in place: the backward pass needs the input, of which autograd would make a copy first.
/// </remarks>
public sealed class SiLUAttribute : NonlinearityAttribute;

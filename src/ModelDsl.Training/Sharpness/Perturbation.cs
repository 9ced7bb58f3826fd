using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>
/// The move to the neighbour whose loss is highest to first order, at radius rho: <c>eps = rho * g / ||g||</c> with g the
/// gradient of all perturbed parameters as one vector (Foret et al. 2021, equation 2 with p = 2).
/// </summary>
/// <param name="GradientNorm"><c>||g||</c>.</param>
/// <param name="Scale"><c>rho / ||g||</c>; 0 where the gradient has no direction, and then nothing is moved.</param>
internal readonly record struct Perturbation(double GradientNorm, double Scale)
{
    /// <summary><c>||eps||</c>.</summary>
    public double Norm => Scale == 0 ? 0 : Scale * GradientNorm;

    /// <summary>The perturbation that the gradients of <paramref name="parameters"/> ask for as they stand.</summary>
    public static Perturbation Of(IEnumerable<Parameter> parameters, double rho)
    {
        var gradientNorm = GlobalNorm(parameters);
        var scale = rho / gradientNorm;

        // A gradient that is zero, or so small that the quotient leaves float32, gives infinity; one that isn't finite, 0 or NaN.
        return new Perturbation(gradientNorm, float.IsFinite((float)scale) ? scale : 0);
    }

    /// <summary>Adds eps to <paramref name="parameters"/> in place; their gradients must still be those it was made of.</summary>
    public void Apply(IEnumerable<Parameter> parameters)
    {
        // Not only a saving: 0 times a gradient that isn't finite would be NaN.
        if (Scale == 0) return;

        using var _ = no_grad();
        using Scalar scale = Scale;
        foreach (var parameter in parameters)
        {
            using var gradient = parameter.grad;
            if (gradient is not null) parameter.add_(gradient, alpha: scale);
        }
    }

    private static double GlobalNorm(IEnumerable<Parameter> parameters)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var norms = parameters.Select(parameter => parameter.grad).OfType<Tensor>().Select(Norm2).ToArray();
        if (norms.Length == 0) return 0;

        // One number leaves the device, however many parameters there are.
        return stack(norms.Select(norm => norm.to(norms[0].device))).norm().ToDouble();
    }

    private static Tensor Norm2(Tensor gradient)
    {
        if (gradient.element_size() >= sizeof(float)) return gradient.norm();

        // The squares of a 16-bit gradient leave its range.
        using var wide = gradient.to(ScalarType.Float32);
        return wide.norm();
    }
}

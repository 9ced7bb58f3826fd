using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>
/// Sharpness-aware minimization round an optimizer: each step moves the weights to the worst neighbour within a radius, takes
/// the gradient there, and lets the base optimizer apply it to the weights where they were.
/// </summary>
/// <remarks>
/// <para>
/// Foret et al. 2021 (SAM): with S the perturbed parameters and <c>g</c> the gradient on the mini-batch,
/// <c>eps = rho * g_S / ||g_S||</c>, one vector over all of S, and 0 elsewhere; the base optimizer then steps with the gradient
/// at <c>w + eps</c>, for all parameters. Mueller et al., NeurIPS 2023, arXiv 2306.04226 (SAM-ON): S is the affine parameters
/// of normalization layers. The norm is taken over S alone, so the perturbation has length <c>rho</c> in every scope, and a good
/// <c>rho</c> for <see cref="PerturbationScope.NormalizationOnly"/> is several times one for
/// <see cref="PerturbationScope.All"/>.
/// </para>
/// <para>
/// A step costs a second forward and backward pass. The first computes gradients for S only, and only S is copied.
/// Running statistics and gradient-noise records are those of the first pass. Dropout draws a mask in each pass.
/// </para>
/// <para>
/// Move the model to its device and type before it and its optimizer come here: moving replaces the parameters. Attach
/// learning-rate schedulers to <see cref="BaseOptimizer"/>, and save and dispose it: this class has no state of its own.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using var sgd = optim.SGD(model.parameters(), 0.1, momentum: 0.9);
/// var sam = new SharpnessAwareMinimizer(model, sgd, rho: 1, PerturbationScope.NormalizationOnly);
/// var step = sam.Step(() =>
/// {
///     var loss = functional.cross_entropy(model.call(images), labels);
///     loss.backward();
///     return loss;
/// });
/// </code>
/// </example>
public sealed class SharpnessAwareMinimizer
{
    private readonly nn.Module _model;
    private readonly Parameter[] _scope;
    private readonly Parameter[] _parameters;

    /// <summary>Perturbs the parameters that a model's own tags put in <paramref name="scope"/>.</summary>
    /// <param name="model">The model; it must be an <c>nn.Module</c>, as every declared model is.</param>
    /// <param name="baseOptimizer">The optimizer that moves the weights, over parameters of the model. Not LBFGS.</param>
    /// <param name="rho">
    /// The radius: the Euclidean length of the perturbation, in the unit of the weights. 0 makes each step the base optimizer's
    /// own. Published values: 0.05 to 0.2 for all parameters, about 1 for the normalization parameters of a WideResNet.
    /// </param>
    /// <param name="scope">Which parameters to perturb.</param>
    /// <exception cref="ArgumentException">
    /// The model is no <c>nn.Module</c>, the scope is empty, or the optimizer is LBFGS or holds no parameter of the model.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The radius is negative or not finite, or the scope is undefined.</exception>
    public SharpnessAwareMinimizer(IModel model, optim.Optimizer baseOptimizer, double rho, PerturbationScope scope)
        : this(AsModule(model), baseOptimizer, rho, Selection(model, scope), Remedy(scope))
    {
    }

    /// <summary>Perturbs the parameters of any module that a predicate picks; <c>(_, _) => true</c> picks all.</summary>
    /// <param name="model">The module whose parameters are perturbed.</param>
    /// <param name="baseOptimizer">The optimizer that moves the weights, over parameters of the model. Not LBFGS.</param>
    /// <param name="rho">
    /// The radius: the Euclidean length of the perturbation, in the unit of the weights. 0 makes each step the base optimizer's
    /// own.
    /// </param>
    /// <param name="isPerturbed">
    /// Whether a parameter is perturbed, by its name in the state dict (<c>stage1.0.norm1.weight</c>) and itself. Asked once for
    /// each parameter, here.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The predicate picks nothing, or the optimizer is LBFGS or holds no parameter of the model.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The radius is negative or not finite.</exception>
    public SharpnessAwareMinimizer(
        nn.Module model, optim.Optimizer baseOptimizer, double rho, Func<string, Parameter, bool> isPerturbed)
        : this(model, baseOptimizer, rho, isPerturbed, "The predicate picked none; it is given names as in the state dict.")
    {
    }

    private SharpnessAwareMinimizer(
        nn.Module model, optim.Optimizer baseOptimizer, double rho, Func<string, Parameter, bool> isPerturbed, string remedy)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(baseOptimizer);
        ArgumentNullException.ThrowIfNull(isPerturbed);
        if (!double.IsFinite(rho) || rho < 0)
            throw new ArgumentOutOfRangeException(nameof(rho), rho, "The radius must be finite and not negative.");

        var selected = model.named_parameters().Where(named => isPerturbed(named.name, named.parameter)).ToArray();
        if (selected.Length == 0)
            throw new ArgumentException($"No parameter of {model.GetType().Name} would be perturbed. {remedy}");

        _model = model;
        _parameters = ParametersOf(model, baseOptimizer);
        _scope = [.. selected.Select(named => named.parameter)];
        BaseOptimizer = baseOptimizer;
        Rho = rho;
        PerturbedParameters = [.. selected.Select(named => named.name)];
    }

    /// <summary>The optimizer that moves the weights: what learning-rate schedulers attach to and checkpoints save.</summary>
    public optim.Optimizer BaseOptimizer { get; }

    /// <summary>The radius: the Euclidean length of the perturbation, in the unit of the weights.</summary>
    public double Rho { get; }

    /// <summary>The parameters in scope, by name in the state dict. Those that are frozen during a step sit it out.</summary>
    public IReadOnlyList<string> PerturbedParameters { get; }

    /// <summary>Takes one step: two passes, and the base optimizer's update.</summary>
    /// <param name="closure">
    /// Runs the model on one mini-batch, calls <c>backward()</c> on the scalar loss and returns it, as for TorchSharp's own
    /// <c>optimizer.step(closure)</c>. It is called twice, with the same mini-batch, and needn't zero gradients. What should
    /// happen to gradients before the update, such as clipping, belongs at its end: in the first pass it doesn't change the
    /// perturbation as long as it keeps the gradient's direction. The returned tensor is disposed.
    /// </param>
    /// <returns>The losses and norms of the step.</returns>
    /// <remarks>
    /// Gradients are set to null before each pass, so a parameter that the second one doesn't reach is not updated; those of
    /// the second pass are there until the next step. Where the gradient of the first pass is zero or not finite, there is no
    /// direction: nothing is perturbed and the base optimizer gets what it would get without this class. If anything
    /// throws before the update, the model is left as the step found it, without gradients.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// All parameters in scope are frozen, or the closure returned null or left no gradient on them.
    /// </exception>
    public SharpnessStep Step(Func<Tensor> closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        using var buffers = new TensorSnapshot(_model.buffers());
        try
        {
            return Rho == 0 ? StepAtWeights(closure) : StepAtWorstNeighbour(closure);
        }
        catch
        {
            buffers.Restore();
            ClearGradients();
            throw;
        }
    }

    private SharpnessStep StepAtWorstNeighbour(Func<Tensor> closure)
    {
        var perturbed = _scope.Where(parameter => parameter.requires_grad).ToArray();
        if (perturbed.Length == 0)
            throw new InvalidOperationException("All parameters in scope are frozen: set requires_grad on some, or widen it.");

        var (loss, perturbation) = FirstPass(closure, perturbed);
        using var perturbedLoss = SecondPass(closure, perturbed, perturbation);
        BaseOptimizer.step();

        // Read only now, so that an accelerator needn't be waited for before the update is queued.
        return new SharpnessStep(loss, perturbedLoss.ToDouble(), perturbation.GradientNorm, perturbation.Norm);
    }

    /// <summary>The base optimizer's own step. One pass, since a second would draw other dropout masks.</summary>
    private SharpnessStep StepAtWeights(Func<Tensor> closure)
    {
        using var lossAtWeights = Pass(closure);
        var perturbation = Perturbation.Of(_scope, Rho);
        BaseOptimizer.step();
        var loss = lossAtWeights.ToDouble();
        return new SharpnessStep(loss, loss, perturbation.GradientNorm, perturbation.Norm);
    }

    private (double Loss, Perturbation Perturbation) FirstPass(Func<Tensor> closure, Parameter[] perturbed)
    {
        // Layers that record gradient noise do so in this pass, at the weights themselves, whatever is perturbed.
        var measured = StatisticsGuard.TrackingLayers(_model).SelectMany(layer => layer.AffineParameters);
        using var others = new GradientFreeze(
            _parameters.Except<Parameter>(perturbed.Concat(measured), ReferenceEqualityComparer.Instance));
        using var loss = Pass(closure);
        if (!perturbed.Any(HasGradient))
            throw new InvalidOperationException("The closure left no gradient to follow: it must call backward() on the loss.");

        return (loss.ToDouble(), Perturbation.Of(perturbed, Rho));
    }

    private Tensor SecondPass(Func<Tensor> closure, Parameter[] perturbed, Perturbation perturbation)
    {
        using var statistics = new StatisticsGuard(_model);
        using var weights = new TensorSnapshot(perturbed);
        try
        {
            perturbation.Apply(perturbed);
            return Pass(closure);
        }
        finally
        {
            weights.Restore();
        }
    }

    private Tensor Pass(Func<Tensor> closure)
    {
        ClearGradients();
        using var _ = enable_grad();
        return closure() ?? throw new InvalidOperationException("The closure returned null instead of the loss.");
    }

    // To null, not to zero: momentum and weight decay would move a parameter whose gradient is a tensor of zeros.
    private void ClearGradients()
    {
        foreach (var parameter in _parameters.Where(HasGradient)) parameter.grad = null;
    }

    private static bool HasGradient(Parameter parameter)
    {
        using var gradient = parameter.grad;
        return gradient is not null;
    }

    /// <summary>The parameters of the model, and those that only the optimizer knows: a temperature in the loss, say.</summary>
    private static Parameter[] ParametersOf(nn.Module model, optim.Optimizer baseOptimizer)
    {
        if (baseOptimizer is LBFGS)
            throw new ArgumentException("LBFGS runs the closure itself, so it can't be a base here.", nameof(baseOptimizer));

        // An optimizer that was made before its model moved holds disposed parameters.
        var updated = baseOptimizer.parameters().Where(parameter => !parameter.IsInvalid).ToArray();
        var known = model.parameters().ToDictionary(parameter => parameter.Handle);
        if (!updated.Any(parameter => known.ContainsKey(parameter.Handle)))
            throw new ArgumentException(
                "The base optimizer holds no parameter of the model: create it from the model as moved.", nameof(baseOptimizer));

        return [.. known.Values, .. updated.Where(parameter => !known.ContainsKey(parameter.Handle))];
    }

    private static nn.Module AsModule(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model as nn.Module
            ?? throw new ArgumentException($"{model.GetType().Name} is not an nn.Module and has no parameters.", nameof(model));
    }

    private static Func<string, Parameter, bool> Selection(IModel model, PerturbationScope scope)
    {
        var normalization = model.NormalizationParameters().Select(tagged => tagged.Parameter.Handle).ToHashSet();
        return scope switch
        {
            PerturbationScope.All => (_, _) => true,
            PerturbationScope.NormalizationOnly => (_, parameter) => normalization.Contains(parameter.Handle),
            PerturbationScope.AllButNormalization => (_, parameter) => !normalization.Contains(parameter.Handle),
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "The scope is not one of PerturbationScope."),
        };
    }

    private static string Remedy(PerturbationScope scope) => scope switch
    {
        PerturbationScope.NormalizationOnly =>
            "It has no affine normalization; give it one (BatchNorm, GroupNorm, LayerNorm, ...) or choose PerturbationScope.All.",
        PerturbationScope.AllButNormalization =>
            "All it has are normalization parameters; choose PerturbationScope.NormalizationOnly.",
        _ => "It has none; register its layers before the optimizer is made.",
    };
}

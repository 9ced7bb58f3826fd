using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// A normalization layer with an affine per channel that records per-example squared gradient norms during the ordinary
/// backward pass: it computes with its weight and bias written out once for every example, so that backpropagation leaves the
/// examples' own gradients there and their sum, as ever, in <c>weight.grad</c> and <c>bias.grad</c>.
/// </summary>
/// <remarks>
/// <para>
/// Recorded are forward passes in training mode with gradients enabled while <see cref="IsTracking"/> is true. Every other
/// pass is TorchSharp's own fused function.
/// </para>
/// <para>
/// Norms that nobody takes don't pile up: the layer keeps the last 256 forward passes, and those whose gradient was discarded
/// by <c>module.zero_grad()</c> are forgotten at the next forward pass. A pass is settled at the next forward pass: what a
/// further backward pass through the older graph adds later isn't counted.
/// </para>
/// <para>
/// A layer that runs twice for the same examples records each run; the norm of the summed gradient can't be had from those.
/// </para>
/// </remarks>
public abstract class TrackedNormalization : nn.Module<Tensor, Tensor>, ITrackedNormalization
{
    /// <summary>The most forward passes kept; bounds what a layer holds when its norms are never taken.</summary>
    internal const int MostPasses = 256;

    private readonly List<RecordedPass> passes = [];

    private protected TrackedNormalization(string name, long channels)
        : base(name)
    {
        weight = Registered(nameof(weight), ones(channels));
        bias = Registered(nameof(bias), zeros(channels));
    }

    /// <summary>The scale of each channel, <c>[C]</c>, initially 1.</summary>
    public Parameter weight { get; private set; }

    /// <summary>The offset of each channel, <c>[C]</c>, initially 0.</summary>
    public Parameter bias { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> AffineParameters => [weight, bias];

    /// <inheritdoc/>
    public bool IsTracking { get; set; } = true;

    /// <summary>Normalizes a batch whose first axis is the examples.</summary>
    /// <returns>A tensor of the input's shape.</returns>
    public sealed override Tensor forward(Tensor input)
    {
        var examples = input.size(0);
        if (!Records(examples))
            return Normalize(input);

        var weights = ForEachExample(weight, input);
        var biases = ForEachExample(bias, input);
        var output = NormalizeEach(input, weights, biases);
        MakeRoom();
        passes.Add(new(examples, weights, biases));
        return output;
    }

    /// <inheritdoc/>
    public Tensor? TakePerExampleSquaredGradientNorms()
    {
        passes.ForEach(pass => pass.Settle());
        var norms = passes.Where(pass => pass.SquaredNorms is not null).Select(pass => pass.SquaredNorms!).ToList();
        var taken = norms.Count > 0 ? cat(norms) : null;
        Forget(_ => true);
        return taken;
    }

    /// <summary>The layer's function by TorchSharp's fused kernel.</summary>
    private protected abstract Tensor Normalize(Tensor input);

    /// <summary>The layer's function with a weight and a bias for every example.</summary>
    private protected abstract Tensor NormalizeEach(Tensor input, Tensor weights, Tensor biases);

    /// <summary>A parameter <c>[C]</c> once for every example, as <see cref="NormalizeEach"/> needs it.</summary>
    private protected abstract Tensor ForEachExample(Parameter parameter, Tensor input);

    /// <summary>Does nothing: the constructor registers, without reflection.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Converts and moves the parameters, without the reflection of the base class.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        weight = Moved(nameof(weight), weight, dtype, device);
        bias = Moved(nameof(bias), bias, dtype, device);
        if (device is null)
            return;
        _deviceType = device.type;
        _deviceIndex = device.index;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Forget(_ => true);
        base.Dispose(disposing);
    }

    private bool Records(long examples) =>
        IsTracking && examples > 0 && training && is_grad_enabled() && (weight.requires_grad || bias.requires_grad);

    private void MakeRoom()
    {
        passes.ForEach(pass => pass.Settle());
        if (!HasGradient(weight) && !HasGradient(bias))
            Forget(pass => pass.SquaredNorms is not null);
        if (passes.Count == MostPasses)
            Forget(pass => pass == passes[0]);
    }

    private void Forget(Predicate<RecordedPass> isForgotten)
    {
        passes.FindAll(isForgotten).ForEach(pass => pass.Dispose());
        passes.RemoveAll(isForgotten);
    }

    private static bool HasGradient(Parameter parameter)
    {
        using var gradient = parameter.grad;
        return gradient is not null;
    }

    private Parameter Registered(string name, Tensor values)
    {
        // A dispose scope round the construction of a model must not take its parameters.
        var parameter = (Parameter)nn.Parameter(values).DetachFromDisposeScope();
        register_parameter(name, parameter);
        return parameter;
    }

    private Parameter Moved(string name, Parameter parameter, ScalarType? dtype, Device? device)
    {
        if (!ReplaceParameter(dtype, device, parameter, out var moved) || moved is null)
            return parameter;
        parameter.Dispose();
        ConditionallyRegisterParameter(name, moved);
        return moved;
    }
}

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// Multi-head self-attention (Vaswani et al. 2017, arXiv 1706.03762) over <c>[N, T, C]</c>: softmax(Q K' / sqrt(C / heads) +
/// mask) V for each head. Names, shapes and initial values are those of PyTorch's <c>MultiheadAttention</c>:
/// <c>in_proj_weight</c>
/// <c>[3 C, C]</c>, <c>in_proj_bias</c>, <c>out_proj.weight</c>, <c>out_proj.bias</c>.
/// </summary>
/// <remarks>
/// The mask is that of <c>scaled_dot_product_attention</c>, of a shape that broadcasts to <c>[N, heads, T, T]</c>: of booleans,
/// true where a position is attended to; of numbers, what is added to the scores. (A boolean mask of
/// <c>nn.MultiheadAttention</c> means the opposite.)
/// </remarks>
public sealed class SelfAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly long _heads;
    private readonly double _dropout;
    private readonly bool _isCausal;

    /// <param name="site">The place in the model, for messages: <c>Transformer.Attend</c>.</param>
    /// <param name="width">C.</param>
    /// <param name="heads">The number of heads; C must be a multiple of it.</param>
    /// <param name="causal">Whether a position attends only to itself and to those before it.</param>
    /// <param name="dropout">The probability with which an attention weight is zeroed while training.</param>
    /// <param name="bias">Whether the projections add biases.</param>
    /// <exception cref="ArgumentException">C isn't a positive multiple of the heads, or the dropout no probability.</exception>
    public SelfAttention(string site, long width, long heads, bool causal = false, double dropout = 0, bool bias = true)
        : base(nameof(SelfAttention))
    {
        if (width <= 0 || heads <= 0 || width % heads != 0)
            throw new ArgumentException(
                $"{site}: {width} channels do not divide into {heads} heads; the channels must be a positive multiple of them.");
        if (dropout is not (>= 0 and <= 1))
            throw new ArgumentException($"{site}: the dropout of attention is {dropout}; it must be a probability from 0 to 1.");
        (_heads, _isCausal, _dropout) = (heads, causal, dropout);
        in_proj_weight = Registered(nameof(in_proj_weight), empty(3 * width, width));
        in_proj_bias = bias ? Registered(nameof(in_proj_bias), zeros(3 * width)) : null;
        out_proj = nn.Linear(width, width, hasBias: bias);
        register_module(nameof(out_proj), out_proj);
        using var noGradients = no_grad();
        nn.init.xavier_uniform_(in_proj_weight);
        out_proj.bias?.zero_();
    }

    /// <summary>The projections to queries, keys and values, one below the other: <c>[3 C, C]</c>.</summary>
    public Parameter in_proj_weight { get; private set; }

    /// <summary>Their biases, <c>[3 C]</c>, or null.</summary>
    public Parameter? in_proj_bias { get; private set; }

    /// <summary>The projection of what the heads give, <c>[C, C]</c>.</summary>
    public Linear out_proj { get; }

    /// <summary>Attends over <c>[N, T, C]</c>, or any <c>[..., T, C]</c>.</summary>
    /// <param name="input">The tokens.</param>
    /// <param name="mask">What may be attended to; null for everything. A causal layer hides what follows in any case.</param>
    /// <returns>A tensor of the input's shape.</returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        var width = in_proj_weight.size(1);
        var projected = F.linear(input, in_proj_weight, in_proj_bias);
        long[] split = [.. input.shape[..^1], _heads, width / _heads];
        var heads = projected.chunk(3, -1).Select(part => part.reshape(split).transpose(-3, -2)).ToList();
        var scores = mask is not null && _isCausal ? Causal(mask, input.size(-2)) : mask;
        var mixed = F.scaled_dot_product_attention(
            heads[0], heads[1], heads[2], scores, training ? _dropout : 0, _isCausal && scores is null);
        return out_proj.call(mixed.transpose(-3, -2).reshape(input.shape)).MoveToOuterDisposeScope();
    }

    /// <summary>Does nothing: the constructor registers, without reflection.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Converts and moves the parameters, without the reflection of the base class.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        Components.MoveChildren(this, dtype, device, non_blocking);
        in_proj_weight = Moved(nameof(in_proj_weight), in_proj_weight, dtype, device);
        in_proj_bias = in_proj_bias is null ? null : Moved(nameof(in_proj_bias), in_proj_bias, dtype, device);
        if (device is null)
            return;
        _deviceType = device.type;
        _deviceIndex = device.index;
    }

    /// <summary>The mask with what follows a position hidden too.</summary>
    private static Tensor Causal(Tensor mask, long length)
    {
        var past = ones([length, length], dtype: ScalarType.Bool, device: mask.device).tril();
        return mask.dtype == ScalarType.Bool
            ? mask.logical_and(past)
            : mask.masked_fill(past.logical_not(), double.NegativeInfinity);
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

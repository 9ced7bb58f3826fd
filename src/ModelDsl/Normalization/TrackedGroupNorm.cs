using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl;

/// <summary>
/// GroupNorm (Wu and He 2018) over <c>[N, C, ...]</c> that records per-example squared gradient norms of its
/// affine. Same numbers, parameter names and initial values as <c>nn.GroupNorm</c> ought to have: weight 1, bias 0.
/// </summary>
/// <remarks>
/// A recorded pass runs the fused kernel on the batch seen as one example with N * C channels in N * G groups. Statistics
/// are the same, and the kernel's gradient of its N * C weights is the examples' own. The output of a recorded pass is
/// contiguous, also where the input is in channels-last memory.
/// </remarks>
public sealed class TrackedGroupNorm : TrackedNormalization
{
    private readonly double _epsilon;

    internal TrackedGroupNorm(long channels, long groups, double epsilon = NormalizationLayers.Epsilon)
        : base(nameof(TrackedGroupNorm), channels) => (Groups, _epsilon) = (groups, epsilon);

    /// <summary>The number of groups, G.</summary>
    public long Groups { get; }

    private protected override Tensor Normalize(Tensor input) =>
        F.group_norm(input, Groups, weight, bias, _epsilon);

    private protected override Tensor NormalizeEach(Tensor input, Tensor weights, Tensor biases)
    {
        var shape = input.shape;
        using var single = input.reshape([1, shape[0] * shape[1], .. shape.AsSpan(2)]);
        using var output = F.group_norm(single, shape[0] * Groups, weights, biases, _epsilon);
        return output.view(shape);
    }

    private protected override Tensor ForEachExample(Parameter parameter, Tensor input) => parameter.repeat(input.size(0));
}

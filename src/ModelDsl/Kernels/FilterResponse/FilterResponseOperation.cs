using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// Filter response normalization, an addend and a threshold in one kernel. Inputs: input, weight, bias, epsilon, of which the
/// absolute value counts, threshold or null, addend or null.
/// </summary>
/// <param name="deliver">
/// Takes, in every backward pass, each example's own gradients of weight and bias, <c>[N, C]</c>, of those that take one; null:
/// nobody wants them.
/// </param>
internal sealed unsafe class FilterResponseOperation(Action<IReadOnlyList<Tensor>>? deliver = null) : FusedOperation
{
    private const int Input = 0;
    private const int Weight = 1;
    private const int Bias = 2;
    private const int Epsilon = 3;
    private const int Threshold = 4;
    private const int Addend = 5;

    private bool _thresholds;
    private bool _adds;

    /// <summary>
    /// Whether the backward pass is told who is above the threshold: the input alone doesn't say, with an addend.
    /// </summary>
    private bool KeepsBits => _adds && _thresholds;

    protected override Tensor Compute(ReadOnlySpan<Tensor?> inputs)
    {
        var layout = ChannelLayout.Of(inputs[Input]!);
        var output = empty_like(inputs[Input]!);
        var inverses = KernelMemory.Floats(layout.Examples, layout.Channels);
        (_thresholds, _adds) = (inputs[Threshold] is not null, inputs[Addend] is not null);
        var bits = KeepsBits && NeedsAny ? ThresholdBits.Memory(layout) : null;
        var work = new FilterResponseForward
        {
            Layout = layout,
            Input = Memory.Of(inputs[Input]),
            Addend = Memory.Of(inputs[Addend]),
            Output = Memory.Of(output),
            Bits = ThresholdBits.Of(bits),
            Weight = Memory.Of(inputs[Weight]),
            Bias = Memory.Of(inputs[Bias]),
            Threshold = Memory.Of(inputs[Threshold]),
            Epsilon = Math.Abs(*Memory.Of(inputs[Epsilon])),
            Inverses = Memory.Of(inverses),
        };
        Run(work, layout);
        Save(inputs[Input]);
        Save(inputs[Weight]);
        Save(inputs[Bias]);
        Save(inputs[Epsilon]);
        if (_thresholds)
            Save(inputs[Threshold]);
        Save(inverses);
        if (KeepsBits)
            Save(bits);
        return output;
    }

    protected override Tensor?[] Differentiate(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var layout = ChannelLayout.Of(saved[Input]);
        var addendGradient = KeepsBits ? empty_like(gradient) : null;
        var inputGradient = Needs(Input) || KeepsBits ? empty_like(gradient) : null;
        ExampleGradients weights = new(layout), biases = new(layout), epsilons = new(layout), thresholds = new(layout);
        var work = new FilterResponseBackward
        {
            Layout = layout,
            Input = Memory.Of(saved[Input]),
            Bits = ThresholdBits.Of(KeepsBits ? saved[^1] : null),
            Gradient = Memory.Of(gradient),
            Weight = Memory.Of(saved[Weight]),
            Bias = Memory.Of(saved[Bias]),
            Threshold = Memory.Of(_thresholds ? saved[Threshold] : null),
            Inverses = Memory.Of(saved[_thresholds ? Threshold + 1 : Threshold]),
            AddendGradient = Memory.Of(addendGradient),
            InputGradient = Memory.Of(inputGradient),
            WeightGradients = weights.Pointer,
            BiasGradients = biases.Pointer,
            ThresholdGradients = thresholds.Pointer,
            EpsilonGradients = epsilons.Pointer,
        };
        Run(work, layout);
        ExampleGradients.Deliver(deliver, Needs(Weight) ? weights : null, Needs(Bias) ? biases : null);
        return
        [
            Needs(Input) ? inputGradient : null,
            Needs(Weight) ? weights.Sum() : null,
            Needs(Bias) ? biases.Sum() : null,
            Needs(Epsilon) ? epsilons.Total(Sign(*Memory.Of(saved[Epsilon]))) : null,
            Needs(Threshold) ? thresholds.Sum() : null,
            Needs(Addend) ? addendGradient ?? gradient.alias() : null,
        ];
    }

    protected override Tensor?[] Compose(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        if (deliver is not null)
            DeliverOnly(saved, gradient);
        var normalized = FilterResponse.Compose(saved[Input], saved[Weight], saved[Bias], saved[Epsilon]);
        if (!_thresholds)
        {
            var gradients = GradientsOf(normalized, [.. saved.Take(Threshold)], gradient);
            return [.. gradients, null, Needs(Addend) ? gradient.alias() : null];
        }
        var threshold = PerChannel.View(saved[Threshold], normalized);
        if (!_adds)
            return [.. GradientsOf(normalized.maximum(threshold), [.. saved.Take(Addend)], gradient), null];
        var passed = gradient.mul(ThresholdBits.Shares(saved[^1], saved[Input]));
        var axes = PerChannel.BatchAndPositions(gradient);
        return
        [
            .. GradientsOf(normalized, [.. saved.Take(Threshold)], passed),
            Needs(Threshold) ? gradient.sub(passed).sum(axes) : null,
            Needs(Addend) ? passed : null,
        ];
    }

    /// <summary>The slope of the absolute value; NaN's is NaN.</summary>
    private static double Sign(double value) => value > 0 ? 1 : value < 0 ? -1 : value;

    private static void Run<TWork>(TWork work, ChannelLayout layout)
        where TWork : unmanaged, IParallelWork
    {
        var channels = new GroupLayout(layout, layout.Channels);
        OpenMPTeam.Run(work, channels.Items, channels.Chunk);
    }
}

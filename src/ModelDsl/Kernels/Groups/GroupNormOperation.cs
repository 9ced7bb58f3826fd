using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Kernels;

/// <summary>
/// GroupNorm, an addend and an activation in one kernel. Inputs: input, weight, bias, addend or null.
/// </summary>
/// <typeparam name="TActivation">
/// The activation. With an addend it has to be one that lets a gradient pass or stops it.
/// </typeparam>
/// <param name="groups">The groups of an example.</param>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="deliver">
/// Takes, in every backward pass, each example's own gradients of weight and bias, <c>[N, C]</c>, of those that take one; null:
/// nobody wants them.
/// </param>
internal sealed unsafe class GroupNormOperation<TActivation>(
    int groups, double epsilon, Action<IReadOnlyList<Tensor>>? deliver = null)
    : FusedOperation
    where TActivation : IFusedActivation
{
    private const int Input = 0;
    private const int Weight = 1;
    private const int Bias = 2;
    private const int Addend = 3;
    private const int Statistics = 3;
    private const int Passes = 4;

    private bool _adds;

    protected override Tensor Compute(ReadOnlySpan<Tensor?> inputs)
    {
        var (input, weight, bias, addend) = (inputs[Input]!, inputs[Weight]!, inputs[Bias]!, inputs[Addend]);
        var layout = new GroupLayout(ChannelLayout.Of(input), groups);
        var output = empty_like(input);
        var statistics = KernelMemory.Floats(layout.Items, GroupStatistics.Floats);
        _adds = addend is not null;
        var passes = KeepsPasses && NeedsAny ? KernelMemory.Packs(layout.Maps.Packs) : null;
        var work = new GroupNormForward<TActivation>
        {
            Layout = layout,
            Input = Memory.Of(input),
            Addend = Memory.Of(addend),
            Output = Memory.Of(output),
            Passes = (ushort*)Memory.Of(passes),
            Weight = Memory.Of(weight),
            Bias = Memory.Of(bias),
            Epsilon = epsilon,
            Statistics = (GroupStatistics*)Memory.Of(statistics),
        };
        OpenMPTeam.Run(work, layout.Items, layout.Chunk);
        Save(input);
        Save(weight);
        Save(bias);
        Save(statistics);
        if (KeepsPasses)
            Save(passes);
        return output;
    }

    protected override Tensor?[] Differentiate(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var layout = new GroupLayout(ChannelLayout.Of(saved[Input]), groups);
        var addendGradient = KeepsPasses ? empty_like(gradient) : null;
        var inputGradient = Needs(Input) || KeepsPasses ? empty_like(gradient) : null;
        var weightGradients = new ExampleGradients(layout.Maps);
        var biasGradients = new ExampleGradients(layout.Maps);
        var work = new GroupNormBackward<TActivation>
        {
            Layout = layout,
            Input = Memory.Of(saved[Input]),
            Passes = (ushort*)Memory.Of(KeepsPasses ? saved[Passes] : null),
            Gradient = Memory.Of(gradient),
            Weight = Memory.Of(saved[Weight]),
            Bias = Memory.Of(saved[Bias]),
            Statistics = (GroupStatistics*)Memory.Of(saved[Statistics]),
            AddendGradient = Memory.Of(addendGradient),
            InputGradient = Memory.Of(inputGradient),
            WeightGradients = weightGradients.Pointer,
            BiasGradients = biasGradients.Pointer,
        };
        OpenMPTeam.Run(work, layout.Items, layout.Chunk);
        ExampleGradients.Deliver(deliver, Needs(Weight) ? weightGradients : null, Needs(Bias) ? biasGradients : null);
        return
        [
            Needs(Input) ? inputGradient : null,
            Needs(Weight) ? weightGradients.Sum() : null,
            Needs(Bias) ? biasGradients.Sum() : null,
            Needs(Addend) ? addendGradient ?? gradient.alias() : null,
        ];
    }

    protected override Tensor?[] Compose(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        if (deliver is not null)
            DeliverOnly(saved, gradient);
        var inner = KeepsPasses ? gradient.mul(LaneBits.Unpack(saved[Passes], saved[Input])) : gradient;
        var normalized = F.group_norm(saved[Input], groups, saved[Weight], saved[Bias], epsilon);
        var output = _adds ? normalized : TActivation.Apply(normalized);
        return [.. GradientsOf(output, [saved[Input], saved[Weight], saved[Bias]], inner), Needs(Addend) ? inner.alias() : null];
    }

    /// <summary>Whether the backward pass is told where gradients pass: the input alone doesn't say, with an addend.</summary>
    private bool KeepsPasses => _adds && !TActivation.IsIdentity;
}

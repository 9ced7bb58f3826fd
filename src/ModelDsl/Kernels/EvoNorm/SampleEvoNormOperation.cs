using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// The EvoNorms S0, S1 and S2 in one kernel. Inputs: input, weight, bias, and the slope of S0 or null, which stands for 1.
/// </summary>
internal sealed unsafe class SampleEvoNormOperation(SampleEvoNormSettings settings) : FusedOperation
{
    private const int Input = 0;
    private const int Weight = 1;
    private const int Bias = 2;
    private const int Slope = 3;

    private bool _hasSlope;

    protected override Tensor Compute(ReadOnlySpan<Tensor?> inputs)
    {
        var layout = new GroupLayout(ChannelLayout.Of(inputs[Input]!), settings.Groups);
        var output = empty_like(inputs[Input]!);
        var statistics = KernelMemory.Floats(layout.Items, GroupStatistics.Floats);
        var work = new SampleEvoNormForward
        {
            Layout = layout,
            Input = Memory.Of(inputs[Input]),
            Output = Memory.Of(output),
            Weight = Memory.Of(inputs[Weight]),
            Bias = Memory.Of(inputs[Bias]),
            Slope = Memory.Of(inputs[Slope]),
            Centres = settings.Centres,
            Epsilon = settings.Epsilon,
            Statistics = (GroupStatistics*)Memory.Of(statistics),
        };
        OpenMPTeam.Run(work, layout.Items, layout.Chunk);
        _hasSlope = inputs[Slope] is not null;
        Save(inputs[Input]);
        Save(inputs[Weight]);
        Save(inputs[Bias]);
        if (_hasSlope)
            Save(inputs[Slope]);
        Save(statistics);
        return output;
    }

    protected override Tensor?[] Differentiate(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var layout = new GroupLayout(ChannelLayout.Of(saved[Input]), settings.Groups);
        var inputGradient = empty_like(gradient);
        ExampleGradients weights = new(layout.Maps), biases = new(layout.Maps), slopes = new(layout.Maps);
        var work = new SampleEvoNormBackward
        {
            Layout = layout,
            Input = Memory.Of(saved[Input]),
            Gradient = Memory.Of(gradient),
            Weight = Memory.Of(saved[Weight]),
            Slope = Memory.Of(_hasSlope ? saved[Slope] : null),
            Statistics = (GroupStatistics*)Memory.Of(saved[^1]),
            InputGradient = Memory.Of(inputGradient),
            WeightGradients = weights.Pointer,
            BiasGradients = biases.Pointer,
            SlopeGradients = slopes.Pointer,
        };
        OpenMPTeam.Run(work, layout.Items, layout.Chunk);
        return
        [
            Needs(Input) ? inputGradient : null,
            Needs(Weight) ? weights.Sum() : null,
            Needs(Bias) ? biases.Sum() : null,
            Needs(Slope) ? slopes.Sum() : null,
        ];
    }

    protected override Tensor?[] Compose(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var slope = _hasSlope ? saved[Slope] : null;
        var output = EvoNorm.Compose(settings, saved[Input], saved[Weight], saved[Bias], slope);
        return _hasSlope
            ? GradientsOf(output, [.. saved.Take(Slope + 1)], gradient)
            : [.. GradientsOf(output, [.. saved.Take(Slope)], gradient), null];
    }
}

using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// BatchNorm or VarianceNorm in training, an addend and an activation in one kernel. Inputs: input, weight, bias, addend or null.
/// </summary>
/// <typeparam name="TActivation">
/// The activation. With an addend its gradient is told from where gradients pass, so it has to be one that allows that.
/// </typeparam>
internal sealed unsafe class ChannelNormOperation<TActivation>(ChannelNormSettings settings) : FusedOperation
    where TActivation : IFusedActivation
{
    private const int Input = 0;
    private const int Weight = 1;
    private const int Bias = 2;
    private const int Addend = 3;
    private const int Passes = 3;

    private ChannelStatistics[] _statistics = [];
    private bool _adds;

    protected override Tensor Compute(ReadOnlySpan<Tensor?> inputs)
    {
        var (input, weight, bias, addend) = (inputs[Input]!, inputs[Weight]!, inputs[Bias]!, inputs[Addend]);
        var layout = ChannelLayout.Of(input);
        var output = empty_like(input);
        _adds = addend is not null;
        var passes = KeepsPasses && NeedsAny ? KernelMemory.Packs(layout.Packs) : null;
        _statistics = new ChannelStatistics[layout.Channels];
        fixed (ChannelStatistics* statistics = _statistics)
        {
            OpenMPTeam.Run(
                new ChannelNormForward<TActivation>
                {
                    Layout = layout,
                    Input = Memory.Of(input),
                    Addend = Memory.Of(addend),
                    Output = Memory.Of(output),
                    Passes = (ushort*)Memory.Of(passes),
                    Weight = Memory.Of(weight),
                    Bias = Memory.Of(bias),
                    Epsilon = settings.Epsilon,
                    Centres = settings.Centres,
                    Statistics = statistics,
                    Measures = true,
                },
                layout.Channels,
                layout.ChannelsInGroup);
        }
        UpdateRunningStatistics(layout.Values);
        Save(input);
        Save(weight);
        Save(bias);
        if (passes is not null)
            Save(passes);
        return output;
    }

    protected override Tensor?[] Differentiate(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var input = saved[Input];
        var layout = ChannelLayout.Of(input);
        var addendGradient = KeepsPasses ? empty_like(input) : null;
        var inputGradient = Needs(Input) || KeepsPasses ? empty_like(input) : null;
        var (weightGradient, biasGradient) = (empty_like(saved[Weight]), empty_like(saved[Bias]));
        fixed (ChannelStatistics* statistics = _statistics)
        {
            OpenMPTeam.Run(
                new ChannelNormBackward<TActivation>
                {
                    Layout = layout,
                    Input = Memory.Of(input),
                    Passes = (ushort*)Memory.Of(KeepsPasses ? saved[Passes] : null),
                    Gradient = Memory.Of(gradient),
                    Weight = Memory.Of(saved[Weight]),
                    Bias = Memory.Of(saved[Bias]),
                    Centres = settings.Centres,
                    Statistics = statistics,
                    AddendGradient = Memory.Of(addendGradient),
                    InputGradient = Memory.Of(inputGradient),
                    WeightGradient = Memory.Of(weightGradient),
                    BiasGradient = Memory.Of(biasGradient),
                },
                layout.Channels,
                layout.ChannelsInGroup);
        }
        return
        [
            Needs(Input) ? inputGradient : null,
            Needs(Weight) ? weightGradient : null,
            Needs(Bias) ? biasGradient : null,
            Needs(Addend) ? addendGradient ?? gradient.alias() : null,
        ];
    }

    protected override Tensor?[] Compose(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var inner = KeepsPasses ? gradient.mul(LaneBits.Unpack(saved[Passes], saved[Input])) : gradient;
        var normalized = ChannelNorm.Compose(settings, saved[Input], saved[Weight], saved[Bias]);
        var output = _adds ? normalized : TActivation.Apply(normalized);
        return [.. GradientsOf(output, [saved[Input], saved[Weight], saved[Bias]], inner), Needs(Addend) ? inner.alias() : null];
    }

    /// <summary>Whether the backward pass is told where gradients pass: the input alone doesn't say, with an addend.</summary>
    private bool KeepsPasses => _adds && !TActivation.IsIdentity;

    private void UpdateRunningStatistics(long values)
    {
        var means = Memory.Of(settings.RunningMean);
        var variances = Memory.Of(settings.RunningVariance);
        var correction = settings.Centres ? values / (values - 1.0) : 1;
        for (var channel = 0; channel < _statistics.Length; channel++)
        {
            if (means is not null)
                means[channel] = Mixed(means[channel], _statistics[channel].Mean);
            if (variances is not null)
                variances[channel] = Mixed(variances[channel], _statistics[channel].Variance * correction);
        }
        GC.KeepAlive(settings);
    }

    private float Mixed(float running, double batch) => (float)((1 - settings.Momentum) * running + settings.Momentum * batch);
}

using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>The EvoNorms B0, B1 and B2. Inputs: input, weight, bias, and the slope of B0 or null.</summary>
internal sealed unsafe class BatchEvoNormOperation(BatchEvoNormSettings settings) : FusedOperation
{
    private const int Input = 0;
    private const int Weight = 1;
    private const int Bias = 2;
    private const int Slope = 3;
    private const int DivisorFloats = 3;

    private ChannelStatistics[] _statistics = [];
    private bool _hasSlope;

    protected override Tensor Compute(ReadOnlySpan<Tensor?> inputs)
    {
        var (input, layout) = (inputs[Input]!, ChannelLayout.Of(inputs[Input]!));
        var output = empty_like(input);
        var moments = empty(layout.Examples, layout.Channels, RunMoments.Floats);
        var pointer = (RunMoments*)Memory.Of(moments);
        Run(new RunMeasurement { Input = Memory.Of(input), Positions = layout.Positions, Moments = pointer }, layout);
        _statistics = settings.Trains ? OfBatch(pointer, layout) : OfRunningVariance();
        var divisors = Divisors(pointer, Memory.Of(inputs[Slope]), layout);
        var work = new BatchEvoNormForward
        {
            Channels = layout.Channels,
            Positions = layout.Positions,
            Input = Memory.Of(input),
            Output = Memory.Of(output),
            Weight = Memory.Of(inputs[Weight]),
            Bias = Memory.Of(inputs[Bias]),
            Divisors = (Divisor*)Memory.Of(divisors),
        };
        Run(work, layout);
        _hasSlope = inputs[Slope] is not null;
        Save(input);
        Save(inputs[Weight]);
        Save(inputs[Bias]);
        if (_hasSlope)
            Save(inputs[Slope]);
        Save(moments);
        Save(divisors);
        return output;
    }

    protected override Tensor?[] Differentiate(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var layout = ChannelLayout.Of(saved[Input]);
        var inputGradient = empty_like(gradient);
        ExampleGradients weights = new(layout), biases = new(layout), slopes = new(layout), lefts = new(layout);
        var work = new BatchEvoNormBackward
        {
            Channels = layout.Channels,
            Positions = layout.Positions,
            Centres = settings.Centres,
            RootSlope = settings.RootSlope,
            Input = Memory.Of(saved[Input]),
            Gradient = Memory.Of(gradient),
            Weight = Memory.Of(saved[Weight]),
            Divisors = (Divisor*)Memory.Of(saved[^1]),
            Moments = (RunMoments*)Memory.Of(saved[^2]),
            InputGradient = Memory.Of(inputGradient),
            WeightGradients = weights.Pointer,
            BiasGradients = biases.Pointer,
            SlopeGradients = slopes.Pointer,
            LeftGradients = lefts.Pointer,
        };
        Run(work, layout);
        if (settings.Trains && Needs(Input))
            Correct(saved[Input], inputGradient, lefts.Sum(), layout);
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

    private static void Run<TWork>(TWork work, ChannelLayout layout)
        where TWork : unmanaged, IParallelWork
    {
        var channels = new GroupLayout(layout, layout.Channels);
        OpenMPTeam.Run(work, channels.Items, channels.Chunk);
    }

    /// <summary>Adds what comes from the statistics of the batch.</summary>
    private void Correct(Tensor input, Tensor inputGradient, Tensor leftGradient, ChannelLayout layout)
    {
        fixed (ChannelStatistics* statistics = _statistics)
        {
            var work = new BatchEvoNormCorrection
            {
                Channels = layout.Channels,
                Positions = layout.Positions,
                Input = Memory.Of(input),
                Statistics = statistics,
                LeftGradient = Memory.Of(leftGradient),
                Values = layout.Values,
                InputGradient = Memory.Of(inputGradient),
            };
            Run(work, layout);
        }
    }

    /// <summary>The statistics of each channel in the batch, which the running variance takes a share of.</summary>
    private ChannelStatistics[] OfBatch(RunMoments* moments, ChannelLayout layout)
    {
        var statistics = new ChannelStatistics[layout.Channels];
        var running = Memory.Of(settings.RunningVariance);
        var correction = layout.Values / (layout.Values - 1.0);
        for (var channel = 0; channel < layout.Channels; channel++)
        {
            var (mean, variance) = OfChannel(moments + channel, layout);
            statistics[channel] = ChannelStatistics.Of(mean, variance, settings.Epsilon);
            running[channel] = (float)((1 - settings.Momentum) * running[channel] + settings.Momentum * correction * variance);
        }
        GC.KeepAlive(settings);
        return statistics;
    }

    /// <summary>The moments of a channel, from those of its runs, in the order of the examples.</summary>
    private static RunMoments OfChannel(RunMoments* moments, ChannelLayout layout)
    {
        var mean = 0.0;
        for (var example = 0; example < layout.Examples; example++)
            mean += moments[(long)example * layout.Channels].Mean / layout.Examples;
        var variance = 0.0;
        for (var example = 0; example < layout.Examples; example++)
        {
            var run = moments[(long)example * layout.Channels];
            variance += (run.Variance + (run.Mean - mean) * (run.Mean - mean)) / layout.Examples;
        }
        return new(mean, variance);
    }

    private ChannelStatistics[] OfRunningVariance()
    {
        var statistics = new ChannelStatistics[settings.RunningVariance.numel()];
        var running = Memory.Of(settings.RunningVariance);
        for (var channel = 0; channel < statistics.Length; channel++)
            statistics[channel] = ChannelStatistics.Of(0, running[channel], settings.Epsilon);
        GC.KeepAlive(settings);
        return statistics;
    }

    /// <summary>What each channel of each example is divided by.</summary>
    private Tensor Divisors(RunMoments* moments, float* slopes, ChannelLayout layout)
    {
        var divisors = empty(layout.Examples, layout.Channels, DivisorFloats);
        var pointer = (Divisor*)Memory.Of(divisors);
        for (var item = 0; item < layout.Examples * layout.Channels; item++)
        {
            var channel = item % layout.Channels;
            var root = (float)settings.Root(moments[item]);
            var slope = slopes is null ? settings.Slope + settings.RootSlope * root : slopes[channel];
            pointer[item] = new((float)(1 / _statistics[channel].InverseDeviation), slope, root);
        }
        return divisors;
    }
}

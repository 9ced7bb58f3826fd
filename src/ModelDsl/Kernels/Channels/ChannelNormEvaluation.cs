using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>BatchNorm or VarianceNorm by running statistics, an addend and an activation, without gradients.</summary>
internal sealed unsafe class ChannelNormEvaluation<TActivation>(ChannelNormSettings settings)
    where TActivation : IFusedActivation
{
    /// <summary>Normalizes, adds and activates.</summary>
    /// <returns>A new tensor.</returns>
    public Tensor Run(Tensor input, Tensor weight, Tensor bias, Tensor? addend)
    {
        var layout = ChannelLayout.Of(input);
        var output = empty_like(input);
        fixed (ChannelStatistics* statistics = Running(layout.Channels))
        {
            OpenMPTeam.Run(
                new ChannelNormForward<TActivation>
                {
                    Layout = layout,
                    Input = Memory.Of(input),
                    Addend = Memory.Of(addend),
                    Output = Memory.Of(output),
                    Passes = null,
                    Weight = Memory.Of(weight),
                    Bias = Memory.Of(bias),
                    Epsilon = settings.Epsilon,
                    Centres = settings.Centres,
                    Statistics = statistics,
                    Measures = false,
                },
                layout.Channels,
                layout.ChannelsInGroup);
        }
        GC.KeepAlive(new[] { input, weight, bias, addend });
        return output;
    }

    private ChannelStatistics[] Running(int channels)
    {
        var statistics = new ChannelStatistics[channels];
        var means = Memory.Of(settings.RunningMean);
        var variances = Memory.Of(settings.RunningVariance);
        for (var channel = 0; channel < channels; channel++)
            statistics[channel] = ChannelStatistics.Of(means is null ? 0 : means[channel], variances[channel], settings.Epsilon);
        GC.KeepAlive(settings);
        return statistics;
    }
}

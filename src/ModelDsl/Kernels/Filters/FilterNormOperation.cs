using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>Normalized filters in one kernel. Inputs: filters <c>[1, 1, O, K]</c> and the gain of each, O values.</summary>
internal sealed unsafe class FilterNormOperation(FilterNormSettings settings) : FusedOperation
{
    private const int Filters = 0;
    private const int Gain = 1;
    private const int Statistics = 2;

    /// <summary>Less is done by a thread alone before another could begin.</summary>
    private const int FewestWeights = 16 << 10;

    protected override Tensor Compute(ReadOnlySpan<Tensor?> inputs)
    {
        var filters = inputs[Filters]!;
        var (count, length) = Sizes(filters);
        var output = empty_like(filters);
        var statistics = empty(count, FilterStatistics.Floats);
        var work = new FilterNormForward
        {
            Length = length,
            Centres = settings.Centres,
            Scale = settings.Scale,
            Offset = settings.Offset,
            Filters = Memory.Of(filters),
            Gain = Memory.Of(inputs[Gain]),
            Output = Memory.Of(output),
            Statistics = (FilterStatistics*)Memory.Of(statistics),
        };
        OpenMPTeam.Run(work, count, Chunk(length));
        Save(filters);
        Save(inputs[Gain]);
        Save(statistics);
        return output;
    }

    protected override Tensor?[] Differentiate(IReadOnlyList<Tensor> saved, Tensor gradient)
    {
        var (count, length) = Sizes(saved[Filters]);
        var (filterGradient, gainGradient) = (empty_like(gradient), empty_like(saved[Gain]));
        var work = new FilterNormBackward
        {
            Length = length,
            Centres = settings.Centres,
            Scale = settings.Scale,
            Offset = settings.Offset,
            Filters = Memory.Of(saved[Filters]),
            Gain = Memory.Of(saved[Gain]),
            Statistics = (FilterStatistics*)Memory.Of(saved[Statistics]),
            Gradient = Memory.Of(gradient),
            FilterGradient = Memory.Of(filterGradient),
            GainGradient = Memory.Of(gainGradient),
        };
        OpenMPTeam.Run(work, count, Chunk(length));
        return [Needs(Filters) ? filterGradient : null, Needs(Gain) ? gainGradient : null];
    }

    protected override Tensor?[] Compose(IReadOnlyList<Tensor> saved, Tensor gradient) => GradientsOf(
        FilterNorm.Compose(settings, saved[Filters], saved[Gain]), [saved[Filters], saved[Gain]], gradient);

    private static (int Count, int Length) Sizes(Tensor filters) => ((int)filters.size(2), (int)filters.size(3));

    private static int Chunk(int length) => Math.Max(1, FewestWeights / length);
}

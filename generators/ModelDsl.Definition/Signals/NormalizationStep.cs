namespace ModelDsl.Definition;

/// <summary>
/// A normalization: forward it takes away the mean that the values it pools share and divides by their deviation; backward it
/// divides by that deviation and takes away the gradient's part along the mean and along the output, which matters where
/// positions share a gradient, as they do below a head that averages over them.
/// </summary>
internal sealed class NormalizationStep(NormalizationSignal normalization) : SignalStep
{
    private SignalField? _output;
    private double _inverseVariance;

    public override SignalField Forward(SignalField input, SignalRecording recording)
    {
        var moments = normalization.AcrossExamples ? AcrossExamples(input) : WithinExample(input);
        return _output = SignalField.Gaussian(moments, input.Edge, recording.Normals);
    }

    public override GradientField Backward(GradientField gradient)
    {
        var (energy, pair) = (gradient.Energy, gradient.Pair);
        if (!normalization.AcrossExamples)
        {
            var alongMean = MeanOverPositions(energy, pair);
            var alongOutput = AlongOutput(gradient);
            var correlation = _output!.Moments.Positions;
            pair -= (alongMean + alongOutput * correlation) / normalization.ChannelsPerGroup;
            energy = Math.Max(0, energy - (alongMean + alongOutput) / normalization.ChannelsPerGroup);
        }

        return GradientField.Uniform(energy * _inverseVariance, pair * _inverseVariance);
    }

    /// <summary>The mean over a whole batch is what examples and positions share.</summary>
    private PairMoments AcrossExamples(SignalField input)
    {
        var (energy, positions, examples, both) = input.Moments;
        var mean = both + (examples - both) * input.InversePositions;
        _inverseVariance = 1 / (energy - mean + GroupVariance.Epsilon);
        return new PairMoments(
            (energy - mean) * _inverseVariance,
            (positions - mean) * _inverseVariance,
            (examples - mean) * _inverseVariance,
            (both - mean) * _inverseVariance);
    }

    /// <summary>
    /// Within an example, channel means scatter inside their group and take part of its variance; what positions share afterwards
    /// is that part, and what examples share keeps its place in both parts.
    /// </summary>
    private PairMoments WithinExample(SignalField input)
    {
        var (energy, positions, examples, both) = input.Moments;
        var shared = Math.Max(0, positions);
        var own = Math.Max(energy - positions, GroupVariance.Epsilon);
        (_inverseVariance, var sharedPart) =
            GroupVariance.Expect(shared, own, normalization.ChannelsPerGroup, input.InversePositions);

        // Values whose mean over N places is zero are anticorrelated by 1 / (N - 1).
        var places = input.InversePositions / normalization.ChannelsPerGroup;
        var anticorrelation = places is 0 or 1 ? 0 : 1 / (1 / places - 1);
        var ownOfExamples = (examples - both) / own * (1 - sharedPart);
        var sharedOfExamples = shared > 0 ? both / shared * sharedPart : 0;
        return new PairMoments(
            1,
            sharedPart - (1 - sharedPart) * anticorrelation,
            sharedOfExamples + ownOfExamples,
            sharedOfExamples - ownOfExamples * anticorrelation);
    }

    private double AlongOutput(GradientField gradient)
    {
        var values = _output!.Values;
        double energy = 0, pair = 0;
        for (var channel = 0; channel < SignalField.Channels; channel++)
        {
            var first = channel * SignalField.Views;
            energy += gradient.Energies[channel] * values[first] * values[first];
            pair += gradient.Pairs[channel] * values[first] * values[first + 1];
        }

        return MeanOverPositions(energy / SignalField.Channels, pair / SignalField.Channels);
    }

    private double MeanOverPositions(double energy, double pair) =>
        pair + (energy - pair) * _output!.InversePositions;
}

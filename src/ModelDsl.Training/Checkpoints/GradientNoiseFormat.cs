namespace ModelDsl.Training;

/// <summary>The state of a <see cref="GradientNoiseMeter"/> in a section; there may be none.</summary>
internal static class GradientNoiseFormat
{
    public static void Write(BinaryWriter writer, GradientNoiseState? state)
    {
        writer.Write(state is not null);
        if (state is null)
            return;
        writer.Write(state.Averages.Decay);
        writer.Write(state.Averages.Updates);
        WritePair(writer, state.Averages.CovarianceTrace);
        WritePair(writer, state.Averages.SquaredGradientNorm);
        writer.Write(state.IsTracking.Count);
        foreach (var isTracking in state.IsTracking)
            writer.Write(isTracking);
        writer.Write(state.Course.Count);
        foreach (var observation in state.Course)
            WriteObservation(writer, observation);
    }

    public static GradientNoiseState? Read(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
            return null;
        var averages = new GradientNoiseAverages(reader.ReadDouble(), reader.ReadInt64(), ReadPair(reader), ReadPair(reader));
        var isTracking = new bool[reader.ReadInt32()];
        for (var layer = 0; layer < isTracking.Length; layer++)
            isTracking[layer] = reader.ReadBoolean();
        var course = new GradientNoiseObservation[reader.ReadInt32()];
        for (var step = 0; step < course.Length; step++)
            course[step] = ReadObservation(reader);
        return new(averages, isTracking, course);
    }

    /// <summary>What of <paramref name="saved"/> doesn't fit the meter here, or null where all does.</summary>
    public static string? Misfit(GradientNoiseState? saved, GradientNoiseMeter? meter)
    {
        if (saved is null != meter is null)
            return saved is null
                ? "it was trained without measuring the gradient noise, which is measured here"
                : "it has measurements of the gradient noise, which isn't measured here";
        if (saved is null || meter is null)
            return null;
        var layers = meter.State.IsTracking.Count;
        if (saved.IsTracking.Count != layers)
            return $"its gradient noise was measured in {saved.IsTracking.Count} layers, and here it is in {layers}";
        return saved.Averages.Decay.Equals(meter.Estimator.Decay)
            ? null
            : FormattableString.Invariant(
                $"its gradient noise has a decay of {saved.Averages.Decay}, and here it has {meter.Estimator.Decay}");
    }

    private static void WritePair(BinaryWriter writer, (double Sum, double Weight) pair)
    {
        writer.Write(pair.Sum);
        writer.Write(pair.Weight);
    }

    private static (double Sum, double Weight) ReadPair(BinaryReader reader) => (reader.ReadDouble(), reader.ReadDouble());

    private static void WriteObservation(BinaryWriter writer, GradientNoiseObservation observation)
    {
        writer.Write(observation.Step);
        writer.Write(observation.BatchSize);
        writer.Write(observation.MeanPerExampleSquaredNorm);
        writer.Write(observation.BatchSquaredNorm);
        writer.Write(observation.CovarianceTrace);
        writer.Write(observation.SquaredGradientNorm);
        writer.WriteNullable(observation.Scale);
    }

    private static GradientNoiseObservation ReadObservation(BinaryReader reader) => new(
        reader.ReadInt64(),
        reader.ReadInt64(),
        reader.ReadDouble(),
        reader.ReadDouble(),
        reader.ReadDouble(),
        reader.ReadDouble(),
        reader.ReadNullableDouble());
}

namespace ModelDsl.Training;

/// <summary>A <see cref="TrainingProgress"/> in a section.</summary>
internal static class ProgressFormat
{
    public static void Write(BinaryWriter writer, TrainingProgress progress)
    {
        writer.Write(progress.Settings.Epochs);
        writer.Write(progress.Settings.BatchSize);
        writer.Write(progress.Settings.Seed);
        writer.Write(progress.Settings.Examples);
        writer.Write(progress.Epoch);
        WriteRunning(writer, progress.Running);
        WriteList(writer, progress.Random, static (writer, number) => writer.Write(number));
        WriteList(writer, progress.Epochs, WriteEpoch);
        WriteList(writer, progress.Steps, WriteStep);
        EvaluationFormat.Write(writer, progress.Evaluation);
        writer.Write(progress.Duration.Ticks);
    }

    public static TrainingProgress Read(BinaryReader reader) => new(
        new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()),
        reader.ReadInt32(),
        ReadRunning(reader),
        ReadList(reader, static reader => reader.ReadInt32()),
        ReadList(reader, ReadEpoch),
        ReadList(reader, ReadStep),
        EvaluationFormat.Read(reader),
        TimeSpan.FromTicks(reader.ReadInt64()));

    private static void WriteRunning(BinaryWriter writer, RunningEpochState running)
    {
        writer.Write(running.Steps);
        writer.Write(running.Loss);
        writer.Write(running.Correct);
        writer.Write(running.Predictions);
        writer.Write(running.Items);
        writer.Write(running.LearningRate);
        writer.Write(running.Seconds);
    }

    private static RunningEpochState ReadRunning(BinaryReader reader) => new(
        reader.ReadInt32(),
        reader.ReadDouble(),
        reader.ReadInt64(),
        reader.ReadInt64(),
        reader.ReadInt64(),
        reader.ReadDouble(),
        reader.ReadDouble());

    private static void WriteEpoch(BinaryWriter writer, EpochRecord epoch)
    {
        writer.Write(epoch.Epoch);
        writer.Write(epoch.Steps);
        writer.Write(epoch.TrainLoss);
        writer.Write(epoch.TrainAccuracy);
        writer.WriteNullable(epoch.TestLoss);
        writer.WriteNullable(epoch.TestAccuracy);
        writer.Write(epoch.LearningRate);
        writer.Write(epoch.Seconds);
        writer.Write(epoch.ItemsPerSecond);
    }

    private static EpochRecord ReadEpoch(BinaryReader reader) => new(
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadDouble(),
        reader.ReadDouble(),
        reader.ReadNullableDouble(),
        reader.ReadNullableDouble(),
        reader.ReadDouble(),
        reader.ReadDouble(),
        reader.ReadDouble());

    private static void WriteStep(BinaryWriter writer, StepRecord step)
    {
        writer.Write(step.Step);
        writer.Write(step.Epoch);
        writer.Write(step.Loss);
        writer.Write(step.LearningRate);
    }

    private static StepRecord ReadStep(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble());

    private static void WriteList<T>(BinaryWriter writer, IReadOnlyList<T> list, Action<BinaryWriter, T> write)
    {
        writer.Write(list.Count);
        foreach (var entry in list)
            write(writer, entry);
    }

    private static T[] ReadList<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var list = new T[reader.ReadInt32()];
        for (var i = 0; i < list.Length; i++)
            list[i] = read(reader);
        return list;
    }
}

namespace ModelDsl.Training;

/// <summary>An <see cref="Evaluation"/> in a section; there may be none.</summary>
internal static class EvaluationFormat
{
    public static void Write(BinaryWriter writer, Evaluation? evaluation)
    {
        writer.Write(evaluation is not null);
        if (evaluation is null)
            return;
        writer.Write(evaluation.Loss);
        writer.WriteNullable(evaluation.Accuracy);
        writer.Write(evaluation.Confusion is not null);
        if (evaluation.Confusion is { } confusion)
            WriteConfusion(writer, confusion);
    }

    public static Evaluation? Read(BinaryReader reader) => reader.ReadBoolean()
        ? new(reader.ReadDouble(), reader.ReadNullableDouble(), reader.ReadBoolean() ? ReadConfusion(reader) : null)
        : null;

    private static void WriteConfusion(BinaryWriter writer, ConfusionMatrix confusion)
    {
        var classes = confusion.Classes.Count;
        writer.Write(classes);
        foreach (var name in confusion.Classes)
            writer.Write(name);
        for (var cell = 0; cell < classes * classes; cell++)
            writer.Write(confusion[cell / classes, cell % classes]);
    }

    private static ConfusionMatrix ReadConfusion(BinaryReader reader)
    {
        var names = new string[reader.ReadInt32()];
        for (var i = 0; i < names.Length; i++)
            names[i] = reader.ReadString();
        var confusion = new ConfusionMatrix(names);
        for (var cell = 0; cell < names.Length * names.Length; cell++)
            confusion.Add(cell / names.Length, cell % names.Length, reader.ReadInt64());
        return confusion;
    }
}

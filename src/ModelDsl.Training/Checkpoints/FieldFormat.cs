using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>Fields in a section: names with values of the kinds that <see cref="StateField"/> knows.</summary>
internal static class FieldFormat
{
    private enum Kind : byte
    {
        Null,
        Long,
        Double,
        Boolean,
        Tensor,
    }

    public static void Write(BinaryWriter writer, IReadOnlyDictionary<string, object?> fields)
    {
        writer.Write(fields.Count);
        foreach (var (name, value) in fields)
        {
            writer.Write(name);
            WriteValue(writer, value);
        }
    }

    public static IReadOnlyDictionary<string, object?> Read(BinaryReader reader)
    {
        var fields = new Dictionary<string, object?>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            fields.Add(reader.ReadString(), ReadValue(reader));
        return fields;
    }

    private static void WriteValue(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write((byte)Kind.Null);
                break;
            case long number:
                writer.Write((byte)Kind.Long);
                writer.Write(number);
                break;
            case double number:
                writer.Write((byte)Kind.Double);
                writer.Write(number);
                break;
            case bool isOn:
                writer.Write((byte)Kind.Boolean);
                writer.Write(isOn);
                break;
            case Tensor tensor:
                writer.Write((byte)Kind.Tensor);
                TensorFormat.Write(writer, tensor);
                break;
            default:
                throw new NotSupportedException($"A checkpoint can't hold a {value.GetType().Name}.");
        }
    }

    private static object? ReadValue(BinaryReader reader) => (Kind)reader.ReadByte() switch
    {
        Kind.Null => null,
        // As an object: the common type of all would be Tensor, into which TorchSharp converts numbers.
        Kind.Long => (object)reader.ReadInt64(),
        Kind.Double => reader.ReadDouble(),
        Kind.Boolean => reader.ReadBoolean(),
        Kind.Tensor => TensorFormat.Read(reader),
        var other => throw new InvalidDataException($"A field is of the unknown kind {other}."),
    };
}

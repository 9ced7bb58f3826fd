namespace ModelDsl.Training;

/// <summary>Numbers in a section that may be missing.</summary>
internal static class NullableFormat
{
    public static void WriteNullable(this BinaryWriter writer, double? value)
    {
        writer.Write(value.HasValue);
        writer.Write(value.GetValueOrDefault());
    }

    public static double? ReadNullableDouble(this BinaryReader reader)
    {
        var hasValue = reader.ReadBoolean();
        var value = reader.ReadDouble();
        return hasValue ? value : null;
    }
}

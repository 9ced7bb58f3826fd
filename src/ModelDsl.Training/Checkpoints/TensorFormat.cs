using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>Tensors in a section: type, shape and the bytes as they are.</summary>
internal static class TensorFormat
{
    /// <summary>Spans end at 2 GB, tensors don't.</summary>
    private const long Chunk = 1 << 24;

    public static void Write(BinaryWriter writer, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        writer.Write((sbyte)tensor.dtype);
        writer.Write(tensor.ndim);
        foreach (var size in tensor.shape)
            writer.Write(size);
        foreach (var part in Parts(tensor.detach().cpu().contiguous()))
            writer.Write(part.bytes);
    }

    /// <summary>A tensor on the CPU that belongs to the caller, whatever scope it stands in.</summary>
    public static Tensor Read(BinaryReader reader)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var type = (ScalarType)reader.ReadSByte();
        var shape = new long[reader.ReadInt64()];
        for (var axis = 0; axis < shape.Length; axis++)
            shape[axis] = reader.ReadInt64();
        var tensor = empty(shape, dtype: type, device: CPU);
        foreach (var part in Parts(tensor))
            reader.BaseStream.ReadExactly(part.bytes);
        return tensor.DetachFromDisposeScope();
    }

    /// <summary>Type and shape in words: "Float32 [16, 3, 3]".</summary>
    public static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";

    /// <summary>Whether a value can be copied into a tensor as it is.</summary>
    public static bool Fits(Tensor value, Tensor target) =>
        value.dtype == target.dtype && value.shape.AsSpan().SequenceEqual(target.shape);

    private static IEnumerable<Tensor> Parts(Tensor contiguous)
    {
        var flat = contiguous.reshape(-1);
        for (var start = 0L; start < flat.numel(); start += Chunk)
            yield return flat.narrow(0, start, Math.Min(Chunk, flat.numel() - start));
    }
}

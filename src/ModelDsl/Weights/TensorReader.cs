using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Copies values from a file into a tensor of the same shape.</summary>
internal static class TensorReader
{
    // Large enough for the disk, small beside a layer.
    private const long ChunkBytes = 32L << 20;

    /// <summary>
    /// Copies all values. A contiguous tensor of the same type on the CPU is filled in place, one of another type or device
    /// through a chunk, a strided one through a tensor of its size.
    /// </summary>
    /// <exception cref="WeightFileException">The file has been cut meanwhile.</exception>
    public static void Copy(StoredTensor source, Tensor target)
    {
        if (source.Entry.Count == 0)
            return;
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        if (source.IsContiguous && target.is_contiguous())
            CopyRun(source, target.detach().view(-1));
        else if (source.IsDense)
            CopyBlock(source, target.detach());
        else
            CopySlices(source, target.detach());
    }

    private static void CopyRun(StoredTensor source, Tensor target)
    {
        var (type, size) = (source.Entry.Type, WeightTypes.Size(source.Entry.Type));
        var isInPlace = target.dtype == type && target.device_type == DeviceType.CPU;
        var (count, chunk) = (target.numel(), ChunkBytes / size);
        using var staging = isInPlace ? null : empty(Math.Min(chunk, count), type);
        using var stream = source.Region.Open(source.Start * size);
        for (var start = 0L; start < count; start += chunk)
        {
            var length = Math.Min(chunk, count - start);
            using var part = target.narrow(0, start, length);
            if (staging is null)
            {
                source.Region.Fill(stream, part.bytes);
                continue;
            }
            using var values = staging.narrow(0, 0, length);
            source.Region.Fill(stream, values.bytes);
            part.copy_(values);
        }
    }

    private static void CopyBlock(StoredTensor source, Tensor target)
    {
        using var block = empty(source.Extent, source.Entry.Type);
        CopyRun(new(source.Entry with { Shape = [source.Extent] }, source.Region, source.Start, [1]), block);
        using var view = block.as_strided([.. source.Entry.Shape], source.Strides);
        target.copy_(view);
    }

    /// <summary>Along the axis whose slices lie farthest apart.</summary>
    private static void CopySlices(StoredTensor source, Tensor target)
    {
        var shape = source.Entry.Shape;
        var axis = Enumerable.Range(0, shape.Count).MaxBy(axis => (shape[axis] - 1) * source.Strides[axis]);
        var entry = source.Entry with { Shape = [.. shape.Where((_, other) => other != axis)] };
        long[] strides = [.. source.Strides.Where((_, other) => other != axis)];
        for (var index = 0L; index < shape[axis]; index++)
        {
            using var part = target.select(axis, index);
            Copy(new(entry, source.Region, source.Start + (index * source.Strides[axis]), strides), part);
        }
    }
}

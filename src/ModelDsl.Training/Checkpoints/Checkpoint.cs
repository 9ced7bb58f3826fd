using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>The weights of a model in a file of TorchSharp's own format: <c>module.load(path)</c> reads it.</summary>
public static class Checkpoint
{
    /// <summary>Saves parameters and buffers; an older file stays whole until the new one is.</summary>
    public static void Save(nn.Module model, string path) => AtomicFile.Write(path, stream =>
    {
        using var contents = new MemoryStream();
        using var writer = new BinaryWriter(contents);
        model.save(writer);
        writer.Flush();
        contents.WriteTo(stream);
    });
}

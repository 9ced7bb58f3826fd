using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>The parameters and buffers of a model by their names in the state dict.</summary>
internal sealed class NamedTensors(IReadOnlyDictionary<string, Tensor> values) : IDisposable
{
    public static void Write(BinaryWriter writer, nn.Module model)
    {
        var state = model.state_dict();
        writer.Write(state.Count);
        foreach (var (name, tensor) in state)
        {
            writer.Write(name);
            TensorFormat.Write(writer, tensor);
        }
    }

    public static NamedTensors Read(BinaryReader reader)
    {
        var values = new Dictionary<string, Tensor>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            values.Add(reader.ReadString(), TensorFormat.Read(reader));
        return new(values);
    }

    /// <summary>What doesn't fit <paramref name="model"/>, or null where all does.</summary>
    public string? Misfit(nn.Module model)
    {
        var state = model.state_dict();
        if (state.Keys.FirstOrDefault(name => !values.ContainsKey(name)) is { } missing)
            return $"it has no '{missing}', which the model has";
        if (values.Keys.FirstOrDefault(name => !state.ContainsKey(name)) is { } surplus)
            return $"it has '{surplus}', which the model hasn't";
        return values
            .Where(entry => !TensorFormat.Fits(entry.Value, state[entry.Key]))
            .Select(entry => $"'{entry.Key}' is {TensorFormat.Describe(entry.Value)} in it "
                + $"and {TensorFormat.Describe(state[entry.Key])} in the model")
            .FirstOrDefault();
    }

    /// <summary>Writes the values in place, since optimizers and layers know the model's tensors by handle.</summary>
    public void Apply(nn.Module model)
    {
        using var withoutGradients = no_grad();
        foreach (var (name, tensor) in model.state_dict())
            tensor.copy_(values[name]);
    }

    public void Dispose()
    {
        foreach (var tensor in values.Values)
            tensor.Dispose();
    }
}

using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>What an optimizer remembered of a parameter.</summary>
/// <param name="Value">The parameter itself, where the model hasn't it.</param>
/// <param name="Fields">The fields of its state.</param>
internal sealed record SavedParameter(Tensor? Value, IReadOnlyDictionary<string, object?> Fields) : IDisposable
{
    public static void Write(BinaryWriter writer, BoundParameter parameter)
    {
        writer.Write(!parameter.IsOfModel);
        if (!parameter.IsOfModel)
            TensorFormat.Write(writer, parameter.Parameter);
        FieldFormat.Write(writer, parameter.Fields.ToDictionary(field => field.Name, field => field.Value));
    }

    public static SavedParameter Read(BinaryReader reader) =>
        new(reader.ReadBoolean() ? TensorFormat.Read(reader) : null, FieldFormat.Read(reader));

    /// <summary>What doesn't fit <paramref name="parameter"/>, or null where all does.</summary>
    public string? Misfit(BoundParameter parameter)
    {
        var wasOfModel = Value is null;
        if (wasOfModel != parameter.IsOfModel)
            return $"'{parameter.Name}' was a parameter of the {(wasOfModel ? "model" : "optimizer alone")} and isn't one here";
        if (Value is not null && !TensorFormat.Fits(Value, parameter.Parameter))
            return Differs(parameter.Name, Value, parameter.Parameter);
        foreach (var field in parameter.Fields)
        {
            if (!Fields.TryGetValue(field.Name, out var saved))
                return $"it has no {field.Name} of '{parameter.Name}'";
            // A tensor that isn't there yet, such as SGD's momentum before the first step, has the parameter's shape.
            var target = field.Value as Tensor ?? parameter.Parameter;
            if (saved is Tensor tensor && !TensorFormat.Fits(tensor, target))
                return Differs($"{parameter.Name}, {field.Name}", tensor, target);
        }
        return null;
    }

    public void Apply(BoundParameter parameter)
    {
        if (Value is not null)
            parameter.Parameter.copy_(Value);
        foreach (var field in parameter.Fields)
            Apply(field, Fields[field.Name], parameter.Parameter.device);
    }

    public void Dispose()
    {
        Value?.Dispose();
        foreach (var tensor in Fields.Values.OfType<Tensor>())
            tensor.Dispose();
    }

    private static void Apply(StateField field, object? saved, Device device)
    {
        if (field.Value is Tensor target && saved is Tensor value)
        {
            target.copy_(value);
            return;
        }
        (field.Value as Tensor)?.Dispose();
        // The checkpoint keeps its own, which may be applied again.
        field.Value = saved is Tensor tensor ? tensor.to(device, copy: true).DetachFromDisposeScope() : saved;
    }

    private static string Differs(string name, Tensor saved, Tensor target) =>
        $"'{name}' is {TensorFormat.Describe(saved)} in it and {TensorFormat.Describe(target)} in the optimizer";
}

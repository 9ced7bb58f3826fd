using TorchSharp.Modules;

namespace ModelDsl.Training;

/// <summary>A parameter group of an optimizer.</summary>
/// <param name="Options">Its learning rate, weight decay and so on.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record BoundGroup(OptimizerOptions Options, IReadOnlyList<BoundParameter> Parameters)
{
    /// <summary>The group in words.</summary>
    public string Description => Parameters.Count > 0 ? $"the group with '{Parameters[0].Name}'" : "the empty group";

    /// <summary>The fields of its options.</summary>
    public IReadOnlyList<StateField> Fields => StateField.Of(Options, typeof(object));

    /// <summary>The values of its options as they stand.</summary>
    public IReadOnlyDictionary<string, object?> Values => Fields.ToDictionary(entry => entry.Name, entry => entry.Value);
}

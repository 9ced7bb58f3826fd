using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Loads the weights of published models into any module, and saves modules for others to load.</summary>
public static class ModelWeights
{
    /// <summary>Gives a model the parameters and persistent buffers of a file.</summary>
    /// <param name="model">Any module, declared or written by hand, on any device; its types and devices stay.</param>
    /// <param name="path">
    /// A safetensors file, the <c>.index.json</c> of a sharded one, or a state dict that PyTorch 1.6 or later saved. The content
    /// tells which it is.
    /// </param>
    /// <param name="renaming">How the file's names become the model's; by default they are the same.</param>
    /// <param name="entry">In PyTorch's format the dictionary that is meant: see <see cref="WeightFile.Open"/>.</param>
    /// <param name="strict">Whether names that are missing or unexpected are refused; shapes and types always are.</param>
    /// <returns>What was loaded, and what was not.</returns>
    /// <remarks>
    /// Everything is checked before the first value is copied. Real numbers of another precision are converted; a shape is never
    /// stretched. A tied weight needs one of its names; where both are there, the last in the file's order counts, as in PyTorch.
    /// Off the CPU one name is enough only where the two layers hold one <c>Parameter</c> object.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is damaged or of another format.</exception>
    /// <exception cref="WeightMismatchException">The file doesn't fit the model; nothing was loaded.</exception>
    public static WeightReport Load(
        nn.Module model, string path, WeightRenaming? renaming = null, string? entry = null, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var file = WeightFile.Open(path, entry);
        var plan = WeightPlanner.Plan(model.state_dict(), file, renaming ?? WeightRenaming.None);
        if (plan.Refusal(model.GetName(), strict) is { } refusal)
            throw refusal;
        foreach (var region in plan.Copies.Select(copy => copy.Source.Region).Distinct())
            region.Verify();
        foreach (var (source, target) in plan.Copies)
            TensorReader.Copy(source, target);
        return plan.Report;
    }

    /// <summary>Saves a model's parameters and persistent buffers as safetensors.</summary>
    /// <param name="model">
    /// Any module. Tied weights are written under each of their names, as PyTorch's strict loading wants them.
    /// </param>
    /// <param name="path">The file; see <see cref="Safetensors.Write"/> for those of shards.</param>
    /// <param name="metadata">Texts to go with it.</param>
    /// <param name="maximumShardBytes">The most bytes of values in a file; by default there is no limit.</param>
    /// <returns>The file to load: <paramref name="path"/>, or the index of shards.</returns>
    /// <exception cref="ArgumentException">A tensor is of a type that is not written, such as a complex one.</exception>
    public static string Save(
        nn.Module model,
        string path,
        IReadOnlyDictionary<string, string>? metadata = null,
        long maximumShardBytes = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Safetensors.Write(path, model.state_dict(), metadata, maximumShardBytes);
    }
}

using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>An optimizer as it was: parameters are known by name, groups by their parameters.</summary>
internal sealed class SavedOptimizer(string type, IReadOnlyList<SavedGroup> groups) : IDisposable
{
    public static void Write(BinaryWriter writer, BoundOptimizer optimizer)
    {
        writer.Write(optimizer.Type);
        writer.Write(optimizer.Groups.Count);
        foreach (var (group, initialOptions) in optimizer.Groups.Zip(optimizer.InitialOptions))
            SavedGroup.Write(writer, group, initialOptions);
    }

    public static SavedOptimizer Read(BinaryReader reader)
    {
        var type = reader.ReadString();
        var groups = new SavedGroup[reader.ReadInt32()];
        for (var group = 0; group < groups.Length; group++)
            groups[group] = SavedGroup.Read(reader);
        return new(type, groups);
    }

    /// <summary>What doesn't fit <paramref name="optimizer"/>, or null where all does.</summary>
    public string? Misfit(BoundOptimizer optimizer)
    {
        if (optimizer.Type != type)
            return $"its optimizer is {type}, and here it is {optimizer.Type}";
        if (optimizer.Groups.Count != groups.Count)
            return $"its optimizer has {groups.Count} groups of parameters, and here it has {optimizer.Groups.Count}";
        foreach (var group in optimizer.Groups)
        {
            if (Of(group) is not { } saved)
                return $"no group of its optimizer has the parameters of {group.Description} here";
            if (saved.Misfit(group) is { } misfit)
                return misfit;
        }
        return null;
    }

    /// <summary>
    /// Puts values and options back; the result knows the options with which the training began, as <paramref name="optimizer"/>
    /// does.
    /// </summary>
    public void Apply(BoundOptimizer optimizer)
    {
        using var withoutGradients = no_grad();
        foreach (var group in optimizer.Groups)
            Of(group)!.Apply(group);
    }

    public void Dispose()
    {
        foreach (var parameter in groups.SelectMany(group => group.Parameters.Values))
            parameter.Dispose();
    }

    private SavedGroup? Of(BoundGroup group) => groups.FirstOrDefault(saved => saved.IsOf(group));
}

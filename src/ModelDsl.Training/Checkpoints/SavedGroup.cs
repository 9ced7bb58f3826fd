using System.Globalization;
using TorchSharp.Modules;

namespace ModelDsl.Training;

/// <summary>A parameter group as it was.</summary>
/// <param name="InitialOptions">Its options when the training began.</param>
/// <param name="Options">Its options when it was saved.</param>
/// <param name="Parameters">Its parameters by name.</param>
internal sealed record SavedGroup(
    IReadOnlyDictionary<string, object?> InitialOptions,
    IReadOnlyDictionary<string, object?> Options,
    IReadOnlyDictionary<string, SavedParameter> Parameters)
{
    public static void Write(BinaryWriter writer, BoundGroup group, IReadOnlyDictionary<string, object?> initialOptions)
    {
        FieldFormat.Write(writer, initialOptions);
        FieldFormat.Write(writer, group.Values);
        writer.Write(group.Parameters.Count);
        foreach (var parameter in group.Parameters)
        {
            writer.Write(parameter.Name);
            SavedParameter.Write(writer, parameter);
        }
    }

    public static SavedGroup Read(BinaryReader reader)
    {
        var initialOptions = FieldFormat.Read(reader);
        var options = FieldFormat.Read(reader);
        var parameters = new Dictionary<string, SavedParameter>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            parameters.Add(reader.ReadString(), SavedParameter.Read(reader));
        return new(initialOptions, options, parameters);
    }

    /// <summary>Whether <paramref name="group"/> has the same parameters, in whatever order.</summary>
    public bool IsOf(BoundGroup group) =>
        group.Parameters.Count == Parameters.Count && group.Parameters.All(parameter => Parameters.ContainsKey(parameter.Name));

    /// <summary>What doesn't fit <paramref name="group"/>, whose options are as they were made, or null where all does.</summary>
    public string? Misfit(BoundGroup group)
    {
        // The schedule sets the learning rate; the initial one is an option of its own.
        foreach (var (name, value) in group.Values.Where(option => option.Key != nameof(OptimizerOptions.LearningRate)))
        {
            var saved = InitialOptions.GetValueOrDefault(name);
            if (!Equals(saved, value))
                return $"{name} of {group.Description} is {Text(saved)} in it and {Text(value)} in the optimizer";
        }
        return group.Parameters
            .Select(parameter => Parameters[parameter.Name].Misfit(parameter))
            .FirstOrDefault(misfit => misfit is not null);
    }

    public void Apply(BoundGroup group)
    {
        foreach (var field in group.Fields)
            field.Value = Options[field.Name];
        foreach (var parameter in group.Parameters)
            Parameters[parameter.Name].Apply(parameter);
    }

    private static string Text(object? value) =>
        Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "unset";
}

namespace ModelDsl.Definition;

/// <summary>Gives every layer a name of its own in the state dict, and reports names that can't be.</summary>
internal static class StateNameChecks
{
    private const string RepeatedBlock = "global::ModelDsl.RepeatedBlock<";

    /// <summary>
    /// Numbers the names that the language chose where two are the same; of those that were written the second is a finding.
    /// </summary>
    public static void Run(ModelScope scope, IReadOnlyList<StageFlow> flows)
    {
        var taken = new Dictionary<string, Taken>();
        for (var index = 0; index < scope.Declaration.Tensors.Count; index++)
        {
            var tensor = scope.Declaration.Tensors[index];
            var name = TensorInference.StateName(tensor);
            Take(scope.Findings, taken, name, new Anchor { Tensor = index }, isWritten: tensor.Attribute.Name is not null);
        }
        foreach (var flow in flows.Where(flow => !flow.HasFailed))
        {
            for (var index = 0; index < flow.Fields.Count; index++)
                flow.Fields[index] = Named(flow, index, taken);
        }
    }

    private static FieldDefinition Named(StageFlow flow, int index, Dictionary<string, Taken> taken)
    {
        var field = flow.Fields[index];
        if (field.Kind == FieldKind.Value)
            return field;
        var layer = flow.LayerOf(index);
        var isWritten = flow.Stage.Layers[layer].Name is not null || flow.Stage.Level is not null || flow.Stage.IsNumbered;
        var isList = field.Type.StartsWith(RepeatedBlock, StringComparison.Ordinal);
        var name = Take(flow.Findings, taken, field.StateName, new(flow.StageIndex, layer), isWritten, isList);
        return field with { StateName = name };
    }

    private static string Take(
        List<Finding> findings, Dictionary<string, Taken> taken, string wanted, Anchor anchor, bool isWritten, bool isList = false)
    {
        if (!IsName(wanted))
        {
            findings.Add(new(Rules.StateName, anchor with { Argument = "Name" },
                new[] { wanted, "its parts between dots must be letters, digits and '_'" }.ToEquatableArray()));
            return wanted;
        }
        var name = wanted;
        for (var number = 2; Holder(taken, name, isList) is { } holder; number++)
        {
            if (isWritten)
            {
                findings.Add(new(Rules.StateName, anchor, new[] { wanted, "another layer has it already" }.ToEquatableArray())
                    { Related = holder });
                return wanted;
            }
            name = $"{wanted}_{number}";
        }
        taken[name] = new(anchor, isList);
        return name;
    }

    /// <summary>Who has a name, or a name of which this is a level or the other way round.</summary>
    private static Anchor? Holder(Dictionary<string, Taken> taken, string name, bool isList) =>
        taken.FirstOrDefault(other => other.Key == name
            || IsWithin(name, isList, other.Key)
            || IsWithin(other.Key, other.Value.IsList, name)).Value?.Anchor;

    /// <summary>Whether a name is below another; below that of blocks that repeat only numbers are taken.</summary>
    private static bool IsWithin(string level, bool isList, string name) =>
        name.StartsWith(level + ".", StringComparison.Ordinal)
        && (!isList || (name.Length > level.Length + 1 && name[level.Length + 1] is (>= '0' and <= '9') or '{'));

    private static bool IsName(string name) => name.Split('.').All(
        part => part.Length > 0 && WithoutIndex(part).All(character => char.IsLetterOrDigit(character) || character == '_'));

    /// <summary>What stands in braces is a size expression, checked where the block is placed.</summary>
    private static string WithoutIndex(string part) =>
        System.Text.RegularExpressions.Regex.Replace(part, @"\{[^{}]*\}", "0");

    /// <summary>Who has a name.</summary>
    /// <param name="Anchor">Where it is given.</param>
    /// <param name="IsList">Whether it is that of blocks that repeat, below which each one's index stands.</param>
    private sealed record Taken(Anchor Anchor, bool IsList);
}

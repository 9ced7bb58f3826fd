namespace ModelDsl.Definition;

/// <summary>Gives every layer a name of its own in the state dict, and reports names that can't be.</summary>
internal static class StateNameChecks
{
    /// <summary>
    /// Numbers the names that the language chose where two are the same; of those that were written the second is a finding.
    /// </summary>
    public static void Run(ModelScope scope, IReadOnlyList<StageFlow> flows)
    {
        var taken = new Dictionary<string, Anchor>();
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

    private static FieldDefinition Named(StageFlow flow, int index, Dictionary<string, Anchor> taken)
    {
        var field = flow.Fields[index];
        if (field.Kind == FieldKind.Value)
            return field;
        var layer = flow.LayerOf(index);
        var isWritten = flow.Stage.Layers[layer].Name is not null || flow.Stage.Level is not null || flow.Stage.IsNumbered;
        var name = Take(flow.Findings, taken, field.StateName, new(flow.StageIndex, layer), isWritten);
        return field with { StateName = name };
    }

    private static string Take(List<Finding> findings, Dictionary<string, Anchor> taken, string wanted, Anchor anchor, bool isWritten)
    {
        if (!IsName(wanted))
        {
            findings.Add(new(Rules.StateName, anchor with { Argument = "Name" },
                new[] { wanted, "its parts between dots must be letters, digits and '_'" }.ToEquatableArray()));
            return wanted;
        }
        var name = wanted;
        for (var number = 2; Holder(taken, name) is { } holder; number++)
        {
            if (isWritten)
            {
                findings.Add(new(Rules.StateName, anchor, new[] { wanted, "another layer has it already" }.ToEquatableArray())
                    { Related = holder });
                return wanted;
            }
            name = $"{wanted}_{number}";
        }
        taken[name] = anchor;
        return name;
    }

    /// <summary>Who has a name, or a name of which this is a level or the other way round.</summary>
    private static Anchor? Holder(Dictionary<string, Anchor> taken, string name) =>
        taken.FirstOrDefault(other => other.Key == name
            || other.Key.StartsWith(name + ".", StringComparison.Ordinal)
            || name.StartsWith(other.Key + ".", StringComparison.Ordinal)).Value;

    private static bool IsName(string name) => name.Split('.').All(
        part => part.Length > 0 && WithoutIndex(part).All(character => char.IsLetterOrDigit(character) || character == '_'));

    /// <summary>What stands in braces is a size expression, checked where the block is placed.</summary>
    private static string WithoutIndex(string part) =>
        System.Text.RegularExpressions.Regex.Replace(part, @"\{[^{}]*\}", "0");
}

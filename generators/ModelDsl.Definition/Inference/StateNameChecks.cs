using System.Text.RegularExpressions;

namespace ModelDsl.Definition;

/// <summary>Gives every layer a name of its own in the state dict, and reports names that can't be.</summary>
internal static class StateNameChecks
{
    private const string RepeatedBlock = "global::ModelDsl.RepeatedBlock<";

    private const string Parts = "its parts between dots must be letters, digits and '_'";

    private static readonly Regex Braces = new(@"\{([^{}]*)\}");

    /// <summary>Names are given when the model is registered, where the constructor's parameters are out of reach.</summary>
    private static readonly SizeScope IndexOnly = new(
        new[] { new ParameterDeclaration(SizeNames.Index, ParameterKind.Integer, false, null) }.ToEquatableArray(), default);

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
            Take(scope.Findings, taken, name, new Anchor { Tensor = index }, isWritten: true);
        }
        foreach (var flow in flows.Where(flow => !flow.HasFailed))
        {
            if (!IsLevel(flow))
                continue;
            for (var index = 0; index < flow.Fields.Count; index++)
                flow.Fields[index] = Named(flow, index, taken);
        }
    }

    /// <summary>Whether the level of a stage can be one; of a wrong one no layer below it speaks.</summary>
    private static bool IsLevel(StageFlow flow)
    {
        if (flow.Stage.Level is not { } level || (!level.Contains('{') && IsName(level)))
            return true;
        flow.Report(Rules.StateName, new(flow.StageIndex, Argument: Anchor.Level), level, Parts);
        return false;
    }

    private static FieldDefinition Named(StageFlow flow, int index, Dictionary<string, Taken> taken)
    {
        var field = flow.Fields[index];
        if (field.Kind == FieldKind.Value)
            return field;
        var layer = flow.LayerOf(index);
        if (flow.Stage.Layers[layer].Name?.Contains('{') == true && IsName(field.StateName) && !IsNumbered(flow, layer))
            return field;
        var isWritten = flow.Stage.Layers[layer].Name is not null || flow.Stage.Level is not null || flow.Stage.IsNumbered;
        var isList = field.Type.StartsWith(RepeatedBlock, StringComparison.Ordinal);
        var name = Take(flow.Findings, taken, field.StateName, new(flow.StageIndex, layer), isWritten, isList);
        return field with { StateName = name };
    }

    /// <summary>Whether the braces of a name hold nothing but sizes over the index of a repeat.</summary>
    private static bool IsNumbered(StageFlow flow, int layer)
    {
        var written = flow.Stage.Layers[layer];
        var anchor = new Anchor(flow.StageIndex, layer, "Name");
        if (written["Repeat"] is null)
        {
            // A layer may have several fields, each of which would say it.
            if (!flow.Findings.Any(finding => finding.Anchor == anchor))
                flow.Report(Rules.StateName, anchor, written.Name!, "braces number the blocks of a Repeat, and there is none");
            return false;
        }
        foreach (Match brace in Braces.Matches(written.Name!))
        {
            var text = brace.Groups[1];
            if (SizeParser.Parse(text.Value, IndexOnly, out _) is not null)
                continue;
            flow.Report(Rules.StateName, anchor with { Start = text.Index, Length = text.Length }, written.Name!,
                $"'{text.Value}' is no size over index, the block's number");
            return false;
        }
        return true;
    }

    private static string Take(
        List<Finding> findings,
        Dictionary<string, Taken> taken,
        string wanted,
        Anchor anchor,
        bool isWritten,
        bool isList = false)
    {
        if (!IsName(wanted))
        {
            findings.Add(new(Rules.StateName, anchor with { Argument = "Name" },
                new[] { wanted, Parts }.ToEquatableArray()));
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
    private static string WithoutIndex(string part) => Braces.Replace(part, "0");

    /// <summary>Who has a name.</summary>
    /// <param name="Anchor">Where it is given.</param>
    /// <param name="IsList">Whether it is that of blocks that repeat, below which each one's index stands.</param>
    private sealed record Taken(Anchor Anchor, bool IsList);
}

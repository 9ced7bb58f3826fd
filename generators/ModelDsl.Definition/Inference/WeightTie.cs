namespace ModelDsl.Definition;

/// <summary>A layer that shares the weight of a property of the class.</summary>
internal static class WeightTie
{
    public static void Add(StageFlow flow, FieldDefinition field, string target)
    {
        var anchor = flow.Anchor with { Argument = "Tied" };
        var declaration = flow.Model.Declaration;
        var isParameter = declaration.Tensors.Any(tensor => tensor.IsParameter && tensor.Property.Name == target);
        var isLayer = declaration.Stages.Any(stage => stage.Property is not null && stage.Name == target && stage.Name != flow.Stage.Name);
        if (isParameter || isLayer)
            flow.Model.Ties.Add(new(field.Name, isLayer ? $"{Identifiers.Escape(target)}.weight" : Identifiers.Escape(target)));
        else
            flow.Report(Rules.TieTarget, anchor, target, declaration.Name);
    }
}

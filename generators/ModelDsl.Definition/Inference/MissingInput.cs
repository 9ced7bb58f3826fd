namespace ModelDsl.Definition;

/// <summary>What to write where the shape of what flows is not known.</summary>
internal static class MissingInput
{
    private const string Example = "such as [Shape(\"N, 3, H, W\")]";

    /// <summary>What flows, as its author knows it.</summary>
    public static string NameOf(StageFlow flow) =>
        flow.Stage.Property is null ? $"'{flow.Stage.Input?.TrimStart('@') ?? "x"}'" : $"what goes into '{flow.Stage.Name}'";

    public static string Remedy(StageFlow flow)
    {
        var stage = flow.Stage;
        if (flow.Operations.Count > 0 && flow.Input is not null)
            return "the layer before it does not say what it returns; state it there, or begin a stage with [Shape] here";
        if (stage.Property is not null)
            return $"name its axes in front of the layer, {Example}";
        if (stage.InputShape is not null)
            return "it leaves leading axes open; name all of them";
        return flow.Model.Declaration.HasForward
            ? $"no call in forward tells it, so name its axes here, {Example}"
            : $"name its axes, {Example}";
    }
}

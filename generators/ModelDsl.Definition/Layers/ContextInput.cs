namespace ModelDsl.Definition;

/// <summary>Finds the second input of a layer among what its stage takes beside the tensor that flows.</summary>
internal static class ContextInput
{
    /// <summary>C# of the input that an argument names; null after a finding.</summary>
    public static ContextDeclaration? Named(StageFlow flow, LayerDeclaration layer, string argument)
    {
        var name = layer[argument]?.Text;
        var tensors = flow.Stage.Contexts.Where(context => context.IsTensor).ToList();
        if (tensors.FirstOrDefault(context => context.Name == name) is { } found)
            return found;
        flow.Report(
            Rules.NoSuchInput,
            flow.Anchor with { Argument = argument },
            name ?? "",
            flow.Stage.Name,
            string.Join(", ", tensors.Select(context => context.Name).DefaultIfEmpty("none")));
        return null;
    }

    /// <summary>
    /// C# of an input that may be absent: the one that an argument names, else the stage's tensor of that name, else
    /// <c>null</c> as C#; null after a finding. Another tensor is not taken: it may be meant for another layer.
    /// </summary>
    public static string? Optional(StageFlow flow, LayerDeclaration layer, string argument, string name)
    {
        if (layer[argument] is not null)
            return Named(flow, layer, argument)?.Code;
        return flow.Stage.Contexts.FirstOrDefault(context => context.IsTensor && context.Name == name)?.Code ?? "null";
    }
}

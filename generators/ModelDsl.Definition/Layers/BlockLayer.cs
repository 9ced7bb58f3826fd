namespace ModelDsl.Definition;

/// <summary>A nested module, or several in a row. Arguments that the shape determines are filled in by matching shapes.</summary>
public sealed class BlockLayer : LayerKind
{
    public override string Attribute => "Block";

    public override string Kind => "block";

    public override bool TakesLeadingAxes => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (layer.Block is not { } block || flow.Size("Repeat", SizeExpression.Of(1), minimum: 0) is not { } repeat)
            return;
        var isRepeated = layer["Repeat"] is not null;
        var binding = BlockBinding.Bind(flow, block, layer["Arguments"]?.Text ?? "", isRepeated ? repeat : null);
        if (binding is null)
            return;
        if (flow.ContextArguments(binding.Name, binding.Contexts) is not { } contexts)
            return;
        var field = isRepeated ? AddRepeated(flow, block, binding, repeat) : AddSingle(flow, block, binding);
        flow.Path.Add(binding.Signal(flow.Anchor, isRepeated ? repeat.Value : Size.One));
        flow.Add(
            new(flow.Local(Kind), Call(flow, field, binding, isRepeated, contexts), binding.Output)
            {
                Taker = isRepeated || binding.HasGeneratedForward ? new(field.Name, IsCertain: isRepeated) : null,
                OutputMayAliasInput = true,
                BackwardNeedsOutput = true,
            },
            field,
            binding.OutputAxis);
    }

    /// <summary>
    /// A forward that someone wrote may return its input, which the body frees on its own; a generated one never does.
    /// </summary>
    private static string Call(
        StageFlow flow, FieldDefinition field, BlockBinding block, bool isRepeated, IReadOnlyList<string> contexts)
    {
        var more = string.Concat(contexts.Select(context => $", {context}"));
        if (block.HasGeneratedForward && !isRepeated)
            return $"{field.Name}.call({{0}}{more})";
        if (contexts.Count == 0)
            return isRepeated
                ? $"{field.Name}.call({{0}})"
                : $"global::ModelDsl.HandWrittenBlock.Call({field.Name}, {{0}})";
        var tensor = flow.LambdaParameter("tensor");
        if (!isRepeated)
            return $"global::ModelDsl.HandWrittenBlock.Call({{0}}, {tensor} => {field.Name}.call({tensor}{more}))";
        var one = flow.LambdaParameter("block");
        var argument = block.HasGeneratedForward ? $"GiveUp({tensor}, {one})" : tensor;
        return $"{field.Name}.Run({{0}}, ({one}, {tensor}) => {one}.call({argument}{more}))";
    }

    private static FieldDefinition AddSingle(StageFlow flow, BlockReference block, BlockBinding binding) =>
        flow.AddNamedField(flow.BlockName(), block.Code, Initializer.CallOnFewLines("new", binding.Arguments));

    private static FieldDefinition AddRepeated(StageFlow flow, BlockReference block, BlockBinding binding, SizeExpression repeat)
    {
        // A remainder of the number of blocks would be rounded away in silence.
        var count = repeat is { Dividend: { } dividend, Divisor: { } divisor } && repeat.Value?.Value is null
            ? $"global::ModelDsl.RepeatCount.Quotient({dividend}, {divisor})"
            : repeat.Code;
        var type = $"global::ModelDsl.RepeatedBlock<{block.Code}>";
        string[] arguments =
        [
            $"\"{flow.Site}\"",
            count,
            $"\"{repeat.Code}\"",
            Initializer.CallOnFewLines("index => new", binding.Arguments),
        ];
        var changesShape = binding.Output is { } output && !output.Equals(flow.Shape);
        return flow.AddNamedField(
            flow.BlockName(),
            type,
            Initializer.Call("new", changesShape ? [.. arguments, "minimum: 1"] : arguments));
    }
}

using ModelDsl.Definition;

namespace ModelDsl.Generators;

/// <summary>
/// Bodies for a wrong declaration: they throw the diagnostic, so that the analyzer's one error is all that the author sees.
/// </summary>
internal sealed class StubPrinter(IndentedWriter writer, ModelDefinition definition)
{
    private readonly string _throw = $"throw new global::System.NotSupportedException({Literals.Quote(Reason(definition))});";
    private bool _isFirst = true;

    public void Write()
    {
        if (ModelPrinter.TakesBase(definition.Declaration) || definition.Declaration.HasBase)
            ReadParameters();
        var stages = definition.Declaration.Stages.Where(
            stage => stage is { Property: null, CanImplement: true, Head.Length: > 0, HasUnknownType: false });
        foreach (var stage in stages)
            Member(stage.Head, stage.HasComment);
        foreach (var stage in definition.Declaration.Stages.Where(stage => stage.Property is not null))
            Property(stage.Property!, stage.HasComment);
        foreach (var tensor in definition.Declaration.Tensors.Where(IsOnlyTensor))
            Property(tensor.Property, tensor.HasComment);
        if (!ModelPrinter.TakesBase(definition.Declaration))
            return;
        if (!definition.HasForward)
        {
            var inputs = string.Join(", ", definition.Signature.Inputs.Select(ModelPrinter.Input));
            Member($"public override {definition.Signature.Result} forward({inputs})");
        }
        if (definition.Promised is { Inputs.Count: > 0 and <= 6 } promised
            && !definition.Declaration.MemberNames.Contains("call"))
            Member($"public {promised.Result} call({string.Join(", ", promised.Inputs.Select(ModelPrinter.Input))})");
        Inherited("protected override void", "RegisterLayers");
        Inherited(
            "protected override global::System.Collections.Generic.IReadOnlyList<global::ModelDsl.StageDescription>",
            "DescribeStages");
    }

    /// <summary>What the base class demands, where its name is free.</summary>
    private void Inherited(string head, string name)
    {
        if (!definition.Declaration.TakenNames.Contains(name))
            Member($"{head} {name}()");
    }

    /// <summary>A property that is declared a layer as well stands among the stages.</summary>
    private bool IsOnlyTensor(TensorDeclaration tensor) =>
        !definition.Declaration.Stages.Any(stage => stage.Property is not null && stage.Name == tensor.Property.Name);

    /// <summary>
    /// Whatever accessors its author wrote: the compiler demands each, and would speak of it instead of the rule.
    /// </summary>
    private void Property(PropertyDeclaration property, bool hasComment)
    {
        if (property.Accessors.Count == 0)
            return;
        Separate();
        if (!hasComment)
            writer.Line("/// <inheritdoc/>");
        writer.Open(property.Head);
        foreach (var accessor in property.Accessors)
            writer.Line($"{accessor} => {_throw}");
        writer.Close();
    }

    /// <summary>A parameter that nobody reads is a warning on the author's line.</summary>
    private void ReadParameters()
    {
        if (definition.Declaration.Parameters.Count == 0)
            return;
        var parameters = string.Join(", ", definition.Declaration.Parameters.Select(parameter => parameter.Code));
        writer.Line($"private readonly object?[] {definition.ChecksField} = [{parameters}];");
        _isFirst = false;
    }

    /// <summary>A member; where its author wrote no comment a warning about that would join the error.</summary>
    private void Member(string head, bool hasComment = false)
    {
        Separate();
        if (!hasComment)
            writer.Line("/// <inheritdoc/>");
        Body(head);
    }

    private void Body(string head)
    {
        writer.Line(head + " =>");
        writer.Indented(() => writer.Line(_throw));
    }

    private void Separate()
    {
        if (!_isFirst)
            writer.Line();
        _isFirst = false;
    }

    private static string Reason(ModelDefinition definition) =>
        definition.Findings.FirstOrDefault(finding => finding.Rule.IsDeclarationError) is { } finding
            ? $"{finding.Rule.Id}: {finding.Message}"
            : $"{definition.Declaration.Name} does not compile.";
}

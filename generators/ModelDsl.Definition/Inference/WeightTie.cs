namespace ModelDsl.Definition;

/// <summary>A layer that shares the weight of a property of the class.</summary>
/// <param name="Flow">The stage of the layer.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Anchor">Where it stands.</param>
/// <param name="Field">The layer's field.</param>
/// <param name="Target">The property that it names.</param>
/// <param name="Needed">The shape of its weight; null where it isn't known.</param>
internal sealed record WeightTie(
    StageFlow Flow, LayerDeclaration Layer, Anchor Anchor, string Field, string Target, Shape? Needed)
{
    private const string Argument = "Tied";

    /// <summary>Remembers a tie until every property is known.</summary>
    public static void Add(StageFlow flow, LayerDeclaration layer, FieldDefinition field, string target) =>
        flow.Model.WantedTies.Add(new(flow, layer, flow.Anchor with { Argument = Argument }, field.Name, target,
            Weight(flow.Model, layer, flow.Shape)));

    /// <summary>Binds the ties of a model, and reports those that can't be.</summary>
    public static void Check(ModelScope scope)
    {
        foreach (var tie in scope.WantedTies)
            tie.Bind(scope);
    }

    private void Bind(ModelScope scope)
    {
        var escaped = Identifiers.Escape(Target);
        var parameters = scope.Declaration.Tensors.Where(tensor => tensor.IsParameter);
        if (parameters.FirstOrDefault(tensor => tensor.Property.Name == Target) is { } parameter)
        {
            if (parameter.Attribute["Shape"]?.Text is { } text)
                Share(escaped, ShapeParser.Parse(text, scope.Sizes, out _, bindsFirst: true)?.Shape);
            return;
        }
        if (scope.Members.Find(Target) is not { } index
            || scope.Declaration.Stages[index].Property is null
            || Target == Flow.Stage.Name)
            Report("is no parameter and no layer property");
        else if (scope.Members.Known(index) is { HasFailed: false } property)
            Bind(property, escaped);
    }

    private void Bind(StageFlow property, string escaped)
    {
        var layer = property.Stage.Layers[0];
        var field = property.Fields.FirstOrDefault(candidate => candidate.Kind != FieldKind.Value);
        if (layer.Attribute is not ("Linear" or "Embedding") || property.Stage.Property!.Type != field?.Type)
            Report(field is { IsOptional: true } ? "may be absent, as it has a condition" : "has no weight of such a kind");
        else
            Share($"{escaped}.weight", Weight(property.Model, layer, property.Input));
    }

    private void Share(string weight, Shape? given)
    {
        var isOptional = Flow.Fields.Any(field => field.Name == Field && field.IsOptional);
        Flow.Model.Ties.Add(new(Field, weight, isOptional));
        if (given is null || Needed is null)
            return;
        if (given.Rank != Needed.Rank || given.FirstConflict(Needed) is not null)
        {
            Flow.Report(Rules.TiedShape, Anchor, Target, $"{given}", Layer.Attribute, $"{Needed}");
            return;
        }
        for (var axis = 0; axis < given.Rank; axis++)
        {
            if (given[axis] is { } one && Needed[axis] is { } other && !one.Equals(other)
                && one.Symbols().Concat(other.Symbols()).All(Flow.IsKnownWhenBuilt))
                Flow.Model.CheckEqual(Flow.Stage.Name, one, other, Layer.Attribute);
        }
    }

    private void Report(string problem)
    {
        var declaration = Flow.Model.Declaration;
        var known = declaration.Tensors.Where(tensor => tensor.IsParameter).Select(tensor => tensor.Property.Name)
            .Concat(declaration.Stages
                .Where(stage => stage.Property is not null && stage.Name != Flow.Stage.Name
                    && stage.Layers.Any(layer => layer.Attribute is "Linear" or "Embedding"))
                .Select(stage => stage.Name));
        Flow.Report(Rules.TieTarget, Anchor, Target, declaration.Name, problem, string.Join(", ", known.DefaultIfEmpty("none")));
    }

    /// <summary>The weight of a layer that may be tied: <c>[features, inputs]</c>, or <c>[count, width]</c> of a table.</summary>
    private static Shape? Weight(ModelScope scope, LayerDeclaration layer, Shape? input) => layer.Attribute switch
    {
        "Linear" when input is { Rank: > 0 } => new(
            new[] { Axis.Of(Stated(scope, layer["Features"])), Axis.Of(input[-1]) }.ToEquatableArray()),
        "Embedding" => new(
            new[] { Axis.Of(Stated(scope, layer["Count"])), Axis.Of(Stated(scope, layer["Width"])) }.ToEquatableArray()),
        _ => null,
    };

    private static Size? Stated(ModelScope scope, ArgumentDeclaration? argument) =>
        argument?.Number is { } number ? Size.Constant(number)
        : argument?.Text is { } text ? SizeParser.Parse(text, scope.Sizes, out _)?.Value
        : null;
}

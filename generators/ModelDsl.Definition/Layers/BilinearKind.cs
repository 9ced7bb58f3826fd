namespace ModelDsl.Definition;

/// <summary>x1' A x2 + b of what flows and a second input, over their last axes.</summary>
public sealed class BilinearKind : LayerKind
{
    public override string Attribute => "Bilinear";

    public override string Kind => "bilinear";

    public override bool HasWeight => true;

    public override void Place(StageFlow flow, LayerDeclaration layer)
    {
        if (flow.Size("Features") is not { } features || ContextInput.Named(flow, layer, "With") is not { } other)
            return;
        var given = flow.ContextShapes.TryGetValue(other.Name, out var shape) ? shape.Shape : null;
        if (flow.Shape is null || given is null)
        {
            flow.Report(Rules.ShapeMissing, flow.Anchor, flow.Shape is null ? flow.Stage.Input ?? "x" : other.Name, Attribute);
            return;
        }
        if (given.Rank != flow.Shape.Rank || flow.Shape.With(-1, null).FirstConflict(given) is not null)
        {
            flow.Report(
                Rules.LayerDoesNotFit,
                flow.Anchor,
                Attribute,
                $"inputs that differ in the last axis only, and {other.Name} is [{given}]",
                $"{flow.Shape}",
                "give both the same leading axes");
            return;
        }
        var last = flow.Shape.Rank - 1;
        const string remedy = "give the axis a size in [Shape]";
        if (flow.KnownSize(flow.Shape[last], last, remedy) is not { } first
            || flow.KnownSize(given[last], last, remedy) is not { } second)
            return;
        var bias = layer["Bias"]?.Number == 0 ? ", hasBias: false" : "";
        var field = flow.AddField(Kind, $"{TorchNames.Modules}.Bilinear",
            $"{TorchNames.Functions}.Bilinear({first}, {second}, {features.Code}{bias})");
        flow.Path.Add(new(PathStepKind.Unknown, flow.Anchor));
        flow.Add(
            new(flow.Local(Kind), $"{field.Name}.call({{0}}, {other.Code})", flow.Shape.With(last, features.Value)),
            field,
            last);
    }
}

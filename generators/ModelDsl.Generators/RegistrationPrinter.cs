using ModelDsl.Definition;

namespace ModelDsl.Generators;

/// <summary>The members that tell the base class what the model holds.</summary>
internal sealed class RegistrationPrinter(IndentedWriter writer, ModelDefinition definition)
{
    public void Write()
    {
        Open("protected override void RegisterLayers()");
        foreach (var tensor in definition.Tensors.Where(tensor => !HasLevel(tensor)))
            writer.Line(Register(tensor));
        foreach (var field in definition.Fields.Where(field => field.Kind != FieldKind.Value))
            writer.Line(Register(field));
        // Within a level they come first all the same; the levels themselves stand in the order of the layers.
        foreach (var tensor in definition.Tensors.Where(HasLevel))
            writer.Line(Register(tensor));
        writer.Close();
        Moves();
        Ties();
    }

    private static bool HasLevel(TensorDefinition tensor) => tensor.Field.StateName.Contains('.');

    private string Register(TensorDefinition tensor)
    {
        var name = Literals.Quote(tensor.Field.StateName);
        return tensor.Declaration.IsParameter
            ? $"{Base("RegisterParameter")}({name}, {tensor.Field.Name});"
            : $"{Base("RegisterBuffer")}({name}, {tensor.Field.Name}, "
                + $"persistent: {(tensor.Declaration.IsPersistent ? "true" : "false")});";
    }

    private string Register(FieldDefinition field) => field.Kind switch
    {
        FieldKind.Parameter => $"{Base("RegisterParameter")}({Literals.Quote(field.StateName)}, {field.Name});",
        FieldKind.Normalization => $"{Base("RegisterNormalization")}({Literals.Quote(field.StateName)}, {field.Name});",
        FieldKind.OpenNormalization => $"{Base("RegisterNormalization")}({Literals.Quote(field.StateName)}, {field.Name}.Layer);",
        // The braces of the name hold expressions over the index.
        FieldKind.NamedBlocks => $"{Base("Register")}(index => ${Literals.Quote(Interpolated(field.StateName))}, {field.Name});",
        _ => $"{Base("Register")}({Literals.Quote(field.StateName)}, {field.Name});",
    };

    /// <summary>A member of the base class, named as such where the author has one of that name.</summary>
    private string Base(string member) => definition.Declaration.MemberNames.Contains(member) ? $"base.{member}" : member;

    /// <summary>A conditional in an interpolated string stands in parentheses: its colon would start a format.</summary>
    private static string Interpolated(string name) =>
        name.Contains(':') ? name.Replace("{", "{(").Replace("}", ")}") : name;

    /// <summary>Moving makes new tensors; the fields follow.</summary>
    private void Moves()
    {
        var parameters = definition.Fields.Where(field => field.Kind == FieldKind.Parameter).ToList();
        if (definition.Tensors.Count == 0 && parameters.Count == 0)
            return;
        Open("protected override void MoveParameters(global::ModelDsl.Destination destination)");
        foreach (var tensor in definition.Tensors)
        {
            var move = Base(tensor.Declaration.IsParameter ? "Move" : "MoveBuffer");
            writer.Line(
                $"{tensor.Field.Name} = {move}({Literals.Quote(tensor.Field.StateName)}, {tensor.Field.Name}, destination);");
        }
        foreach (var field in parameters)
        {
            if (field.IsOptional)
                writer.Line($"if ({field.Name} is not null)");
            var move = $"{field.Name} = {Base("Move")}({Literals.Quote(field.StateName)}, {field.Name}, destination);";
            writer.Line(field.IsOptional ? "    " + move : move);
        }
        writer.Close();
    }

    private void Ties()
    {
        if (definition.Ties.Count == 0)
            return;
        Open("protected override void TieParameters()");
        foreach (var tie in definition.Ties)
        {
            if (tie.IsOptional)
                writer.Line($"if ({tie.Field} is not null)");
            writer.Line($"{(tie.IsOptional ? "    " : "")}{tie.Field}.weight = {Base("Tied")}({tie.Weight});");
        }
        writer.Close();
    }

    private void Open(string head)
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line(ModelPrinter.GeneratedCode);
        writer.Open(head);
    }
}

using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>The parameters and buffers that a model owns itself.</summary>
internal static class TensorInference
{
    public static string StateName(TensorDeclaration tensor) =>
        tensor.Attribute.Name ?? Identifiers.ToSnakeCase(tensor.Property.Name);

    public static List<TensorDefinition> Run(ModelScope scope)
    {
        var tensors = new List<TensorDefinition>();
        for (var index = 0; index < scope.Declaration.Tensors.Count; index++)
        {
            if (Infer(scope, scope.Declaration.Tensors[index], new Anchor { Tensor = index }) is { } tensor)
                tensors.Add(tensor);
        }
        return tensors;
    }

    private static TensorDefinition? Infer(ModelScope scope, TensorDeclaration tensor, Anchor anchor)
    {
        if (tensor.IsBroken)
            return null;
        // Said at the layer.
        if (scope.Declaration.Stages.Any(stage => stage.Property is not null && stage.Name == tensor.Property.Name))
            return null;
        if (tensor.IsBoth)
        {
            scope.Report(Rules.PropertyOfTwoKinds, anchor, tensor.Property.Name, "Parameter", "Buffer");
            return null;
        }
        var type = tensor.IsParameter ? TorchNames.Parameter : TorchNames.Tensor;
        if (!tensor.Property.CanImplement || tensor.Property.Type != type)
        {
            scope.Report(Rules.TensorProperty, anchor, tensor.Property.Name, tensor.Attribute.Attribute,
                TorchNames.ShortName(type));
            return null;
        }
        if (Sizes(scope, tensor, anchor with { Argument = "Shape" }) is not { } shape)
            return null;
        if (Fill(scope, tensor, shape, anchor) is not { } initializer)
            return null;
        var name = StateName(tensor);
        var field = new FieldDefinition(scope.MemberName(name.Replace('.', '_')), name, type, initializer);
        return new(tensor, field, shape.Shape);
    }

    /// <summary>The declared sizes; all must be known when the model is built.</summary>
    private static DeclaredShape? Sizes(ModelScope scope, TensorDeclaration tensor, Anchor anchor)
    {
        if (tensor.Attribute["Shape"]?.Text is not { } text)
            return null;
        var findings = new List<Finding>();
        var shape = DeclaredShapes.Parse(scope, text, anchor, findings, bindsFirst: true);
        if (findings.Count == 0 && (shape is null || shape.Axes.Any(axis => axis.Code is null)))
            findings.Add(new(Rules.TensorShape, anchor, new[] { text, tensor.Attribute.Attribute }.ToEquatableArray()));
        scope.Findings.AddRange(findings);
        if (findings.Count > 0)
            return null;
        foreach (var axis in shape!.Axes)
            scope.CheckPositive(tensor.Property.Name, new(axis.Code!, axis.Size));
        return shape;
    }

    private static string? Fill(ModelScope scope, TensorDeclaration tensor, DeclaredShape shape, Anchor anchor)
    {
        var sizes = string.Join(", ", shape.Axes.Select(axis => axis.Code));
        if (tensor.Attribute["Initializer"]?.Text is { } method)
        {
            if (!scope.Declaration.StaticInitializers.Contains(method))
            {
                scope.Report(Rules.TensorInitializer, anchor with { Argument = "Initializer" }, method);
                return null;
            }
            if (Idle(tensor, anchor) is { } idle)
            {
                scope.Findings.Add(idle);
                return null;
            }
            var call = $"{Identifiers.Escape(method)}([{sizes}])";
            return tensor.IsParameter ? $"new({call})" : call;
        }
        var kind = InitializationChoice.NameOf(tensor.Attribute["Initialization"]?.Number ?? 0);
        var filled = kind != "Default" ? kind : tensor.IsParameter ? "Normal" : "Zeros";
        if (Wrong(tensor, shape, filled, anchor) is { } wrong)
        {
            scope.Findings.Add(wrong);
            return null;
        }
        var options = new List<string>();
        foreach (var option in new[] { "Value", "Deviation" })
        {
            if ((tensor.Attribute[option]?.Real ?? tensor.Attribute[option]?.Number) is { } value)
                options.Add($"{option} = {value.ToString("R", CultureInfo.InvariantCulture)}");
        }
        var code = InitializationChoice.Code(filled, options);
        return tensor.IsParameter ? $"{code}.Parameter({sizes})" : $"{code}.Buffer({sizes})";
    }

    /// <summary>What an initializer leaves nothing to do for.</summary>
    private static Finding? Idle(TensorDeclaration tensor, Anchor anchor)
    {
        var option = tensor.Attribute.Arguments
            .FirstOrDefault(argument => argument.Name is "Initialization" or "Value" or "Deviation");
        return option is null ? null : new(
            Rules.OptionWithoutEffect,
            anchor with { Argument = option.Name },
            new[] { option.Name, $"a {tensor.Attribute.Attribute} with an Initializer", "that fills it" }.ToEquatableArray());
    }

    private static Finding? Wrong(TensorDeclaration tensor, DeclaredShape shape, string filled, Anchor anchor)
    {
        if (InitializationChecks.Find(tensor.Attribute, "Initialization", filled, name => anchor with { Argument = name })
                is { } wrong)
            return wrong;
        return shape.Axes.Count >= 2 || !InitializationOptions.NeedsTwoAxes(filled) ? null : new(
            Rules.OptionsDoNotGoTogether,
            anchor with { Argument = "Initialization" },
            new[] { $"Init.{filled} needs two axes or more, found [{shape.Shape}]; choose Normal and a Deviation" }
                .ToEquatableArray());
    }
}

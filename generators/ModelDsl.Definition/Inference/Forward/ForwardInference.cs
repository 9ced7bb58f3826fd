namespace ModelDsl.Definition;

/// <summary>
/// The author's <c>forward</c>: it decides what flows into the stages and layers that it calls, and what the model takes and
/// returns.
/// </summary>
internal static class ForwardInference
{
    /// <summary>What <c>forward</c> takes and returns, and the layers on the way; its findings join those of the model.</summary>
    public static ForwardFacts Run(ModelScope scope)
    {
        var methods = scope.Declaration.ForwardMethods;
        var index = methods.TakeWhile(method => !IsForward(scope, method)).Count();
        if (index == methods.Count)
            return ForwardFacts.Unknown;
        var before = scope.Findings.Count;
        var input = Input(scope, index);
        if (scope.Findings.Count > before)
            return ForwardFacts.Unknown;
        var members = new ForwardMembers(scope);
        var model = new ForwardModel(methods, scope.Declaration.Parameters, scope.Sizes, members);
        var result = ForwardFlow.Run(model, index);
        scope.Findings.AddRange(members.Findings.Concat(result.Findings).Distinct());
        return result.Output is TensorValue output
            ? new(input, new(output.Shape, output.ChannelAxis), output.Path ?? default)
            : new(input, FlowShape.Unknown, default);
    }

    private static bool IsForward(ModelScope scope, ForwardMethod method) =>
        method.Name == "forward" && method.Parameters.Count == scope.Declaration.Forward?.Inputs.Count;

    /// <summary>What the shapes on the method say; what is wrong with them is reported here, once.</summary>
    private static FlowShape Input(ModelScope scope, int method)
    {
        var declaration = scope.Declaration.ForwardMethods[method];
        var input = FlowShape.Unknown;
        for (var parameter = 0; parameter < declaration.Parameters.Count; parameter++)
        {
            if (declaration.Parameters[parameter].Shape is not { } text)
                continue;
            var anchor = new Anchor(Argument: Anchor.InputShape) { Method = method, Parameter = parameter };
            var declared = DeclaredShapes.Parse(scope, text, anchor, scope.Findings);
            if (parameter == 0)
                input = FlowShape.Of(declared?.Shape, scope.Declaration.Forward!.Inputs[0].Layout);
        }
        if (declaration.OutputShape is { } output)
            DeclaredShapes.Parse(scope, output, new(Argument: Anchor.OutputShape) { Method = method }, scope.Findings);
        return input;
    }
}

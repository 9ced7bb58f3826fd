namespace ModelDsl.Definition;

/// <summary>The calls of one body: of stages and layers, of the class's own methods, of tensor operations.</summary>
internal sealed class ForwardCalls(ForwardFlow flow, ForwardBody body)
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["+"] = "add",
        ["-"] = "sub",
        ["*"] = "mul",
        ["/"] = "div",
        ["%"] = "remainder",
        ["=="] = "eq",
        ["!="] = "ne",
        ["<"] = "lt",
        ["<="] = "le",
        [">"] = "gt",
        [">="] = "ge",
        ["&"] = "logical_and",
        ["|"] = "logical_or",
        ["^"] = "logical_xor",
    };

    /// <summary>A property of a tensor that is one in another arrangement.</summary>
    public FlowValue Property(TensorValue tensor, string name) => Apply(TensorMethods.Find(name)!, name, tensor, [], -1);

    /// <summary>A call without a receiver: a stage, a method of the class, or a static function of torch.</summary>
    public FlowValue Own(string name, IReadOnlyList<(string? Name, FlowValue Value)> arguments, int node)
    {
        if (body.IsCaptured(name))
            return FlowValue.Unknown;
        if (flow.Model.Members.Knows(name))
            return Member(new(name), arguments, node);
        var methods = flow.Model.Methods;
        return Enumerable.Range(0, methods.Count).Where(index => methods[index].Name == name).ToList() switch
        {
            [] => Function(name, arguments, node),
            [var index] when arguments.All(argument => argument.Name is null) =>
                Method(index, [.. arguments.Select(argument => argument.Value)], node),
            _ => FlowValue.Unknown,
        };
    }

    /// <summary>A stage, a layer or a block; what it declares of its input is demanded of what it is given.</summary>
    public FlowValue Member(MemberValue member, IReadOnlyList<(string? Name, FlowValue Value)> arguments, int node)
    {
        if (arguments.Count == 0)
            return FlowValue.Unknown;
        var input = arguments[0].Value;
        // What certainly doesn't fit has been said: the member is taken by what it declares.
        if (flow.Model.Members.Declared(member.Name) is { } declared && input is TensorValue { Shape: not null } given
            && Demand(member.Name, declared.Shape, declared.Declaration, input, node))
            input = given with { Shape = null, ChannelAxis = null };
        var contexts = arguments.Skip(1).Select(argument => argument.Value).ToEquatableArray();
        var result = flow.Model.Members.Apply(new(member.Name, input, contexts, member.IsElement, body.Site(node)));
        // Of a shape whose leading axes are open not even the rank is known.
        if (result is TensorValue { Shape.IsOpen: true } open)
            result = open with { Shape = null, ChannelAxis = null };
        return result is TensorValue tensor
            ? tensor.HasFailed ? tensor : tensor with { Path = After(input, tensor.Path, node) }
            : result ?? Lost(input, node);
    }

    /// <summary>A static function: of torch itself, or a tensor's method with the tensor as its first argument.</summary>
    public FlowValue Function(string name, IReadOnlyList<(string? Name, FlowValue Value)> arguments, int node)
    {
        if (name == "NewDisposeScope")
            return new ScopeValue();
        if (TensorMethods.FindFunction(name) is { } function)
            return Apply(function, name, new TensorValue(null, null, null), arguments, node);
        return arguments.Count > 0 && arguments[0].Value is TensorValue input
            ? Method(input, name, [.. arguments.Skip(1)], node)
            : FlowValue.Unknown;
    }

    public FlowValue Method(TensorValue input, string name, IReadOnlyList<(string? Name, FlowValue Value)> arguments, int node)
    {
        if (name is "size" or "dim" or "numel")
            return Measure(input, name, arguments);
        if (TensorMethods.Find(name) is { } method)
            return Apply(method, name, input, arguments, node);
        // What works in place keeps the shape of what it works on.
        return name is [.., '_'] && TensorMethods.Find(name.Substring(0, name.Length - 1)) is { } inPlace
            && Apply(inPlace, name, input, arguments, node) is TensorValue { HasFailed: false } changed
            ? changed with { Shape = input.Shape, ChannelAxis = input.ChannelAxis }
            : FlowValue.Unknown;
    }

    public FlowValue Element(TensorValue input, ListValue indices, int node) =>
        Apply(TensorMethods.Find("[]")!, "[]", input, [("indices", indices)], node);

    public FlowValue Operator(string operation, FlowValue left, FlowValue right, int node)
    {
        if (!Operators.TryGetValue(operation, out var name))
            return FlowValue.Unknown;
        // Operands change places where the first is a number: shapes don't mind.
        return left is TensorValue tensor
            ? Apply(TensorMethods.Find(name)!, operation, tensor, [(null, right)], node)
            : Apply(TensorMethods.Find(name)!, operation, (TensorValue)right, [(null, left)], node);
    }

    private static FlowValue Measure(TensorValue input, string name, IReadOnlyList<(string? Name, FlowValue Value)> arguments) =>
        (name, arguments) switch
        {
            ("dim", []) => new IntegerValue(input.Shape is { } shape ? Size.Constant(shape.Rank) : null),
            ("numel", []) =>
                new IntegerValue(input.Shape is { } shape ? SizeFacts.Product(shape.Axes.Select(axis => axis.Size)) : null),
            ("size", [var (_, axis)]) => new IntegerValue(
                input.Shape is { } shape && axis.Size?.Value is { } at && at >= -shape.Rank && at < shape.Rank
                    ? SizeFacts.Known(shape[(int)at])
                    : null),
            ("size", []) when input.Shape is { } shape => ListValue.Of(shape),
            _ => FlowValue.Unknown,
        };

    /// <summary>The first overload that fits; where an argument is unknown, another might be meant.</summary>
    private FlowValue Apply(
        TensorMethod method,
        string name,
        TensorValue input,
        IReadOnlyList<(string? Name, FlowValue Value)> arguments,
        int node)
    {
        if (input.HasFailed || arguments.Any(argument => HasFailed(argument.Value)))
            return TensorValue.Failed;
        var fitting = method.Signatures.Select(signature => signature.Bind(arguments)).Where(bound => bound is not null).ToList();
        if (fitting.Count == 0 || (fitting.Count > 1 && arguments.Any(argument => argument.Value is UnknownValue)))
            return FlowValue.Unknown;
        var site = body.Site(node);
        var call = new TensorCall(name, input, fitting[0]!, method.Effect, flow.Facts, site,
            (rule, particulars) => flow.Report(new(rule, site, particulars.ToEquatableArray())));
        var result = method.Apply(call);
        return call.HasFailed ? TensorValue.Failed : result;
    }

    private static bool HasFailed(FlowValue value) =>
        value is TensorValue { HasFailed: true } || (value is ListValue list && list.Items.Any(HasFailed));

    /// <summary>A method of the class: by what it declares where it does, else by its body.</summary>
    private FlowValue Method(int index, IReadOnlyList<FlowValue> arguments, int node)
    {
        var method = flow.Model.Methods[index];
        var free = new Dictionary<string, Size?>();
        var inputs = arguments.ToList();
        for (var position = 0; position < Math.Min(inputs.Count, method.Parameters.Count); position++)
        {
            if (flow.Parse(method.Parameters[position].Shape) is not { } declared)
                continue;
            var found = (inputs[position] as TensorValue)?.Shape;
            Demand(method.Name, declared, new() { Method = index, Argument = Anchor.InputShape, Parameter = position },
                inputs[position], node);
            ShapeMatch.Bind(declared, found, free);
            inputs[position] = Known(inputs[position], declared, method.Parameters[position].ChannelsFirst);
        }
        if (flow.Parse(method.OutputShape) is { } output)
        {
            var stated = TensorValue.Input(ShapeMatch.Result(output, free));
            var first = inputs.OfType<TensorValue>().FirstOrDefault() ?? TensorValue.Constant(null);
            return stated with { Path = FlowPath.AppendUnknown(first.Path, body.Site(node)) };
        }
        return method.IsVirtual ? FlowValue.Unknown : flow.Enter(index, inputs);
    }

    /// <summary>What a parameter declares is known of it, free axes being what the caller passes.</summary>
    private static FlowValue Known(FlowValue value, DeclaredShape declared, bool? channelsFirst) => value switch
    {
        TensorValue { Shape: { } found } tensor when found.Rank == declared.Axes.Count =>
            tensor with { Shape = ShapeMatch.Refine(declared, found), ChannelAxis = tensor.ChannelAxis },
        TensorValue tensor => TensorValue.Input(ShapeMatch.Result(declared, new Dictionary<string, Size?>()), channelsFirst)
            with { Path = tensor.Path },
        _ => value,
    };

    /// <summary>Reports a shape that is certainly not the declared one.</summary>
    private bool Demand(string name, DeclaredShape declared, Anchor declaration, FlowValue input, int node)
    {
        if (input is not TensorValue { Shape: { } found } || ShapeMatch.Conflict(declared, found, flow.Facts) is not { } conflict)
            return false;
        flow.Report(new(Rules.CallDoesNotFit, body.Site(node), conflict.Particulars(name)) { Related = declaration });
        return true;
    }

    private EquatableArray<PathStep>? After(FlowValue input, EquatableArray<PathStep>? steps, int node) =>
        input is not TensorValue { Path: { } before } ? null
            : steps is { } own ? FlowPath.Append(before, own)
            : FlowPath.AppendUnknown(before, body.Site(node));

    /// <summary>A tensor of which nothing is known but that it comes from what flowed in.</summary>
    private TensorValue Lost(FlowValue input, int node) => new(null, null, After(input, null, node));
}

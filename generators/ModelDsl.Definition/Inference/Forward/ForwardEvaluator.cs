namespace ModelDsl.Definition;

/// <summary>Expressions of one body.</summary>
internal sealed class ForwardEvaluator
{
    private static readonly HashSet<string> Namespaces =
    [
        "torch", "TorchSharp.torch", "nn", "torch.nn", "functional", "nn.functional", "torch.nn.functional",
        "TorchSharp.torch.nn.functional", "special", "torch.special",
    ];

    private readonly ForwardFlow _flow;
    private readonly ForwardBody _body;
    private readonly ForwardCalls _calls;

    public ForwardEvaluator(ForwardFlow flow, ForwardBody body)
    {
        (_flow, _body) = (flow, body);
        _calls = new(flow, body);
    }

    /// <summary>Nothing is known of what is never reached.</summary>
    public FlowValue Evaluate(ForwardExpression expression) =>
        _body.Locals is null || _flow.IsExhausted() ? FlowValue.Unknown : expression switch
        {
            NumberExpression number => new IntegerValue(Size.Constant(number.Value)),
            RealNumberExpression real => new RealValue(real.Value),
            FlagExpression flag => new FlagValue(flag.Value),
            TextExpression text => new TextValue(text.Value),
            NameExpression name => Name(name.Name),
            MemberExpression member => Member(member),
            CallExpression call => Call(call),
            ElementExpression element => Element(element),
            RangeExpression range => new RangeValue(
                range.From is null ? null : Evaluate(range.From), range.To is null ? null : Evaluate(range.To)),
            FromEndExpression end => new FromEndValue(Evaluate(end.Operand)),
            OperatorExpression operation => Operator(operation),
            ListExpression list => List(list),
            ChoiceExpression choice => Choice(choice),
            AssignExpression assignment => Assign(assignment),
            UnknownExpression unknown => Unknown(unknown),
            _ => FlowValue.Unknown,
        };

    /// <summary>Whether a condition holds, where that is certain.</summary>
    public bool? Test(ForwardExpression condition)
    {
        var value = Evaluate(condition);
        return (value as FlagValue)?.Value;
    }

    private FlowValue Name(string name)
    {
        if (_body.IsCaptured(name))
            return FlowValue.Unknown;
        if (_body.Locals![name] is { } local)
            return local;
        if (_flow.Model.Members.Value(name) is { } constant)
            return constant;
        if (_flow.Model.Members.Knows(name))
            return new MemberValue(name);
        return _flow.Model.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Kind switch
        {
            ParameterKind.FloatingPoint => new RealValue(null),
            ParameterKind.Boolean => new FlagValue(null),
            _ => _flow.Model.Sizes.Resolve(name) is { } size ? new IntegerValue(SizeFacts.Known(size.Value)) : FlowValue.Unknown,
        };
    }

    private FlowValue Member(MemberExpression member)
    {
        if (Qualified(member) is { } name)
            return name.EndsWith("TensorIndex.Ellipsis", StringComparison.Ordinal) ? Indexing.Ellipsis
                : name.EndsWith("TensorIndex.Colon", StringComparison.Ordinal) ? new RangeValue(null, null)
                : name.EndsWith("TensorIndex.None", StringComparison.Ordinal)
                    || name.EndsWith("TensorIndex.Null", StringComparison.Ordinal) ? Indexing.NewAxis
                : name.StartsWith("Math.", StringComparison.Ordinal) ? new RealValue(null)
                : FlowValue.Unknown;
        return Evaluate(member.Receiver) switch
        {
            TensorValue tensor => Property(tensor, member.Name),
            ListValue list => (member.Name, Place(member.Name)) switch
            {
                ("Length" or "Count", _) => new IntegerValue(Size.Constant(list.Items.Count)),
                (_, { } item) when item < list.Items.Count => list.Items[item],
                _ => FlowValue.Unknown,
            },
            _ => FlowValue.Unknown,
        };
    }

    /// <summary><c>Item1</c> of a tuple.</summary>
    private static int? Place(string name) =>
        name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out var number) && number > 0
            ? number - 1
            : null;

    private FlowValue Property(TensorValue tensor, string name) => name switch
    {
        "shape" when tensor.Shape is { } shape => ListValue.Of(shape),
        "ndim" or "Dimensions" => new IntegerValue(tensor.Shape is { } shape ? Size.Constant(shape.Rank) : null),
        "NumberOfElements" =>
            new IntegerValue(tensor.Shape is { } shape ? SizeFacts.Product(shape.Axes.Select(axis => axis.Size)) : null),
        "mT" or "mH" or "T" or "H" => _calls.Property(tensor, name),
        _ => FlowValue.Unknown,
    };

    private FlowValue Call(CallExpression call)
    {
        var receiver = call.Receiver is null || Qualified(call.Receiver) is not null ? null : Evaluate(call.Receiver);
        var arguments = call.Arguments.Select(argument => (argument.Name, Evaluate(argument.Value))).ToList();
        foreach (var argument in call.Arguments)
        {
            // An array that a method was given may be another afterwards.
            if (argument is { Value: NameExpression { Name: var name }, Target: null } && _body.Locals?[name] is ListValue
                && TensorMethods.FindFunction(call.Name) is null && receiver is not TensorValue)
                _body.Forget(name);
            if (argument.Target is { Length: > 0 } target)
                _body.Forget(target);
        }
        if (call.Arguments.Any(argument => argument.Target is not null))
            return FlowValue.Unknown;
        var result = receiver switch
        {
            null when call.Receiver is null => _calls.Own(call.Name, arguments, call.Node),
            null => Function(call, arguments),
            MemberValue member => call.Name is "call" or "forward" or "Run"
                ? _calls.Member(member, arguments, call.Node)
                : FlowValue.Unknown,
            TensorValue tensor => _calls.Method(tensor, call.Name, arguments, call.Node),
            ListValue list => Items(call, list, arguments),
            ScopeValue => call.Name.StartsWith("MoveTo", StringComparison.Ordinal) && arguments is [var (_, moved)]
                ? moved
                : FlowValue.Unknown,
            _ => FlowValue.Unknown,
        };
        // What works in place changes the tensor that the local holds.
        if (call is { Receiver: NameExpression held, Name: [.., not '_', '_'] }
            && receiver is TensorValue && result is TensorValue)
            _body.Assign(new(held.Name, false), result);
        return result;
    }

    private FlowValue Function(CallExpression call, List<(string?, FlowValue)> arguments)
    {
        var space = Qualified(call.Receiver!)!;
        if (Namespaces.Contains(space))
            return _calls.Function(call.Name, arguments, call.Node);
        if (space.EndsWith("TensorIndex", StringComparison.Ordinal) && call.Name == "Slice" && arguments.Count <= 2)
            return new RangeValue(
                arguments.Count > 0 ? arguments[0].Item2 : null, arguments.Count > 1 ? arguments[1].Item2 : null);
        return space is "Math" or "MathF" or "System.Math" ? new RealValue(null) : FlowValue.Unknown;
    }

    private FlowValue Items(CallExpression call, ListValue list, List<(string?, FlowValue)> arguments)
    {
        var changed = call.Name == "Add" && arguments is [var (_, item)]
            ? new ListValue(list.Items.Append(item).ToEquatableArray())
            : null;
        if (call.Name is "ToArray" or "ToList" or "AsSpan")
            return list;
        if (call.Receiver is NameExpression { Name: var name })
            _body.Assign(new(name, false), (FlowValue?)changed ?? FlowValue.Unknown);
        return FlowValue.Unknown;
    }

    private FlowValue Element(ElementExpression element)
    {
        var receiver = Evaluate(element.Receiver);
        var indices = element.Indices.Select(Evaluate).ToList();
        return (receiver, indices) switch
        {
            (TensorValue tensor, _) => _calls.Element(tensor, new ListValue(indices.ToEquatableArray()), element.Node),
            (MemberValue member, [not RangeValue]) => member with { IsElement = true },
            (ListValue list, [RangeValue range]) => Part(list, range),
            (ListValue list, [var index]) => Position(index, list.Items.Count) is { } at && at >= 0 && at < list.Items.Count
                ? list.Items[at]
                : FlowValue.Unknown,
            _ => FlowValue.Unknown,
        };
    }

    private static FlowValue Part(ListValue list, RangeValue range)
    {
        var from = range.From is null ? 0 : Position(range.From, list.Items.Count);
        var to = range.To is null ? list.Items.Count : Position(range.To, list.Items.Count);
        return from is { } start && to is { } end && start >= 0 && end >= start && end <= list.Items.Count
            ? new ListValue(list.Items.Skip(start).Take(end - start).ToEquatableArray())
            : FlowValue.Unknown;
    }

    private static int? Position(FlowValue index, int count) => index switch
    {
        IntegerValue { Value.Value: { } value and >= 0 and < int.MaxValue } => (int)value,
        FromEndValue { Distance: IntegerValue { Value.Value: { } value and >= 0 and < int.MaxValue } } => count - (int)value,
        _ => null,
    };

    private FlowValue Operator(OperatorExpression operation)
    {
        var left = Evaluate(operation.Left);
        var before = _body.Locals;
        var right = operation.Right is null ? null : Evaluate(operation.Right);
        if (operation.Operator is "&&" or "||")
            _body.Locals = FlowJoin.Join(before, _body.Locals);
        return (left, right) switch
        {
            (TensorValue tensor, null) =>
                _calls.Method(tensor, operation.Operator == "-" ? "neg" : "logical_not", [], operation.Node),
            (TensorValue, _) or (_, TensorValue) =>
                _calls.Operator(operation.Operator, left, right!, operation.Node),
            _ => Arithmetic.Apply(operation.Operator, left, right),
        };
    }

    private FlowValue List(ListExpression list)
    {
        var items = new List<FlowValue>();
        foreach (var item in list.Items)
        {
            if (item is not SpreadExpression spread)
                items.Add(Evaluate(item));
            else if (Evaluate(spread.Value) is ListValue values)
                items.AddRange(values.Items);
            else
                return FlowValue.Unknown;
        }
        return new ListValue(items.ToEquatableArray());
    }

    private FlowValue Choice(ChoiceExpression choice)
    {
        var truth = choice.Condition is null ? null : Test(choice.Condition);
        if (truth is { } holds && choice.Alternatives.Count == 2)
            return Evaluate(choice.Alternatives[holds ? 0 : 1]);
        FlowValue? joined = null;
        ForwardLocals? after = null;
        var before = _body.Locals;
        foreach (var alternative in choice.Alternatives)
        {
            _body.Locals = before;
            var value = Evaluate(alternative);
            joined = joined is null ? value : FlowJoin.Join(joined, value);
            after = FlowJoin.Join(after, _body.Locals);
        }
        _body.Locals = after ?? before;
        return joined ?? FlowValue.Unknown;
    }

    private FlowValue Assign(AssignExpression assignment)
    {
        var value = Evaluate(assignment.Value);
        if (!assignment.IsTuple)
        {
            _body.Assign(assignment.Targets[0], value);
            return value;
        }
        var items = value is ListValue list && list.Items.Count == assignment.Targets.Count ? list.Items : default;
        var otherwise = value is TensorValue { HasFailed: true } ? value : FlowValue.Unknown;
        for (var position = 0; position < assignment.Targets.Count; position++)
            _body.Assign(assignment.Targets[position], items.Count == 0 ? otherwise : items[position]);
        return value;
    }

    private FlowValue Unknown(UnknownExpression unknown)
    {
        foreach (var part in unknown.Parts)
            Evaluate(part);
        foreach (var name in unknown.Assigned)
            _body.Forget(name);
        return FlowValue.Unknown;
    }

    /// <summary>A name like <c>torch.nn.functional</c>, whose head is no value that the body knows.</summary>
    private string? Qualified(ForwardExpression expression) => expression switch
    {
        NameExpression { Name: var name } =>
            _body.Locals![name] is null && !_body.IsCaptured(name) && Name(name) is UnknownValue ? name : null,
        MemberExpression { Receiver: var receiver, Name: var name } =>
            Qualified(receiver) is { } space ? $"{space}.{name}" : null,
        _ => null,
    };
}

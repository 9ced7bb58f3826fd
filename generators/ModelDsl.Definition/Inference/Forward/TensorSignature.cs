namespace ModelDsl.Definition;

/// <summary>
/// The parameters of an overload after the tensor itself: <c>dim:i keepdim:b?</c>. Kinds: <c>i</c> integer, <c>l</c> integers,
/// <c>t</c> tensor, <c>T</c> tensors, <c>o</c> tensor or number, <c>n</c> number, <c>r</c> numbers, <c>b</c> flag, <c>s</c> text,
/// <c>u</c> what is followed nowhere, such as an element type, <c>a</c> anything; <c>?</c> = may be left out, <c>*</c> = takes
/// all that is left, as <c>params long[]</c> does; <c>dim|dims</c> = one parameter under the names that overloads give it.
/// <c>*</c> alone takes any arguments: none matters.
/// </summary>
internal sealed class TensorSignature
{
    private readonly Parameter[]? _parameters;

    private TensorSignature(string text) =>
        _parameters = text == "*" ? null : [.. text.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(Parameter.Read)];

    public static implicit operator TensorSignature(string text) => new(text);

    /// <summary>The arguments by parameter, or null where they don't fit.</summary>
    public Dictionary<string, FlowValue>? Bind(IReadOnlyList<(string? Name, FlowValue Value)> arguments)
    {
        var bound = new Dictionary<string, FlowValue>();
        if (_parameters is null)
            return bound;
        for (var position = 0; position < arguments.Count; position++)
        {
            var (name, value) = arguments[position];
            var index = name is null ? position : Array.FindIndex(_parameters, parameter => parameter.Names.Contains(name));
            if (index < 0 || index >= _parameters.Length)
                return null;
            var parameter = _parameters[index];
            if (name is null && parameter.TakesRest)
                (value, position) = Rest(arguments, position);
            if (!Fits(value, parameter.Kind))
                return null;
            if (parameter.Kind != 'u')
                bound[parameter.Name] = value;
        }
        return _parameters.All(parameter => parameter.IsOptional || bound.ContainsKey(parameter.Name)) ? bound : null;
    }

    /// <summary>All positional arguments from one on, and the last of them.</summary>
    private static (FlowValue Value, int Last) Rest(IReadOnlyList<(string? Name, FlowValue Value)> arguments, int from)
    {
        var rest = arguments.Skip(from).TakeWhile(argument => argument.Name is null).Select(argument => argument.Value).ToList();
        // One argument of which nothing is known may be an array just as well.
        return (rest is [UnknownValue or ListValue] ? rest[0] : new ListValue(rest.ToEquatableArray()), from + rest.Count - 1);
    }

    private static bool Fits(FlowValue value, char kind) => kind == 'a' || value is UnknownValue || (kind switch
    {
        'i' => value is IntegerValue,
        'l' => Items(value, item => item is IntegerValue),
        'r' => Items(value, item => item is IntegerValue or RealValue),
        't' => value is TensorValue,
        'T' => value is ListValue && Items(value, item => item is TensorValue),
        'o' => value is TensorValue or IntegerValue or RealValue,
        'n' => value is IntegerValue or RealValue,
        'b' => value is FlagValue,
        's' => value is TextValue,
        _ => false,
    });

    private static bool Items(FlowValue value, Func<FlowValue, bool> fits) =>
        value is ListValue list
            ? list.Items.All(item => item is UnknownValue || fits(item))
            : fits(value);

    private sealed record Parameter(string[] Names, char Kind, bool IsOptional, bool TakesRest)
    {
        public string Name => Names[0];

        public static Parameter Read(string text)
        {
            var colon = text.IndexOf(':');
            var (kind, last) = (text[colon + 1], text[text.Length - 1]);
            return new(text.Substring(0, colon).Split('|'), kind, last is '?' or '*' || kind == 'u', last == '*');
        }
    }
}

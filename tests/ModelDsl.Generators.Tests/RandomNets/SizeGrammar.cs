namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Ways to write a size: numbers, parameters, properties, elements of arrays, conditions, arithmetic.</summary>
internal sealed class SizeGrammar(NetBuilder net)
{
    /// <summary>A size of this value.</summary>
    public NetSize Of(int value)
    {
        if (net.Chance(0.5))
            return NetSize.Of(value);
        return net.Random.Next(10) switch
        {
            0 => Constant(value),
            1 or 2 or 3 => Name(Parameter(value).Name, value),
            4 => Name(Property(value), value),
            5 => Element(value),
            6 => Conditional(value),
            _ => Arithmetic(value),
        };
    }

    /// <summary>A size where the language wants one that isn't 0.</summary>
    public NetSize Between(int least, int most) => Of(net.Between(least, most));

    /// <summary>A flag with its value.</summary>
    public (string Name, bool Value) Flag()
    {
        var known = net.Parameters.Where(parameter => parameter.Type == "bool").ToList();
        if (known.Count > 0 && net.Chance(0.5))
        {
            var one = net.Pick(known);
            return (one.Name, one.Argument == "true");
        }
        var value = net.Chance(0.6);
        var flag = net.Add(new("bool", net.FreeName(), value ? "true" : "false")
        {
            Default = net.Chance(0.3) ? " = true" : "",
        });
        return (flag.Name, value);
    }

    /// <summary>A number from 0 to a half: written, a parameter, or arithmetic.</summary>
    public string Probability()
    {
        if (net.Chance(0.6))
            return net.Pick("0.1", "0.25", "0.5", "0");
        var rate = net.Add(new("double", net.FreeName(), net.Pick("0.1", "0.3")));
        return net.Chance(0.5) ? $"nameof({rate.Name})" : $"\"{rate.Name} / 2\"";
    }

    /// <summary>A number to multiply by, as an attribute's argument.</summary>
    public string Factor()
    {
        if (net.Chance(0.6))
            return net.Pick("0.5", "2", "-1", "\"sqrt(0.5)\"");
        var factor = net.Add(new("double", net.FreeName(), net.Pick("0.1", "0.3")));
        return net.Chance(0.5) ? $"nameof({factor.Name})" : $"\"1 / Math.Sqrt(1 + {factor.Name})\"";
    }

    private NetParameter Parameter(int value)
    {
        var known = net.Parameters.Where(parameter => parameter.Type == "int" && parameter.Number[0] == value).ToList();
        if (known.Count > 0 && net.Chance(0.7))
            return net.Pick(known);
        return net.Add(new("int", net.FreeName(), $"{value}", value) { Default = net.Chance(0.3) ? $" = {value + 1}" : "" });
    }

    private NetParameter AnyInteger()
    {
        var known = net.Parameters.Where(parameter => parameter.Type == "int" && parameter.Number[0] > 0).ToList();
        return known.Count > 0 ? net.Pick(known) : Parameter(net.Between(1, 4));
    }

    private string Property(int value)
    {
        var property = net.FreeMember("Wide", "Twice", "Rest", "Inner", "Amount");
        net.Members.Add(new("", [], $"private int {property} => {Arithmetic(value).Code};"));
        return property;
    }

    private NetSize Element(int value)
    {
        var known = net.Parameters.FirstOrDefault(parameter => parameter.Type == "int[]" && parameter.Number.Contains(value));
        known ??= Array(value);
        var index = known.Number.ToList().IndexOf(value);
        return Text($"{known.Name}[{index}]", value, isConstant: false);
    }

    private NetParameter Array(int value)
    {
        IReadOnlyList<int> elements = net.Chance(0.5) ? [value, value + 2] : [1, value, 3];
        return net.Add(new("int[]", net.FreeName(), $"[{string.Join(", ", elements)}]", elements));
    }

    private NetSize Conditional(int value)
    {
        var (flag, holds) = Flag();
        var other = value + net.Between(1, 3);
        return Text(holds ? $"{flag} ? {value} : {other}" : $"{flag} ? {other} : {value}", value, isConstant: false);
    }

    private NetSize Constant(int value) =>
        value % 2 == 0 ? Text($"2 * {value / 2}", value, isConstant: true) : Text($"{value + 3} - 3", value, isConstant: true);

    private NetSize Arithmetic(int value)
    {
        var parameter = AnyInteger();
        var (known, name) = (parameter.Number[0], parameter.Name);
        var rest = value - known;
        if (value > 0 && value % known == 0 && net.Chance(0.6))
            return Interpolated(value == known ? "" : $"{value / known} * ", name, "", value);
        if (known == 2 * value && net.Chance(0.6))
            return Interpolated("", name, " / 2", value);
        if (known % 3 == value && net.Chance(0.6))
            return Interpolated("", name, " % 3", value);
        return Interpolated("", name, rest >= 0 ? $" + {rest}" : $" - {-rest}", value);
    }

    private NetSize Interpolated(string before, string name, string after, int value) => net.Chance(0.5)
        ? new($"{before}{name}{after}", $"$\"{before}{{nameof({name})}}{after}\"", value, false)
        : Text($"{before}{name}{after}", value, isConstant: false);

    private static NetSize Name(string name, int value) => new(name, $"nameof({name})", value, false);

    private static NetSize Text(string code, int value, bool isConstant) => new(code, $"\"{code}\"", value, isConstant);
}

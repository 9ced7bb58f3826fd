using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>
/// Reads what <see cref="ModelContractText"/> wrote. A text of another version, or one that says anything else, is no contract;
/// nothing is thrown, whatever it holds.
/// </summary>
public sealed class ModelContractReader
{
    /// <summary>Far beyond what is written of any model; what is deeper or longer did not come from the generator.</summary>
    private const int MostLines = 20_000;

    private const int DeepestStep = 100;

    private readonly string[] _lines;
    private readonly ContractSizes _sizes;
    private int _line;

    private ModelContractReader(string[] lines, EquatableArray<ParameterDeclaration> parameters) =>
        (_lines, _sizes) = (lines, new(parameters));

    /// <summary>The contract; null where the text is none of this version.</summary>
    /// <param name="text">The text of the attribute.</param>
    /// <param name="metadataName">The model's key.</param>
    /// <param name="name">Its short name.</param>
    /// <param name="parameters">Those of the constructor that the text names.</param>
    /// <param name="contexts">What <c>forward</c> takes beside the tensor that flows.</param>
    public static ModelContract? Read(
        string text,
        string metadataName,
        string name,
        EquatableArray<ParameterDeclaration> parameters,
        EquatableArray<ContextDeclaration> contexts)
    {
        var lines = Lines(text);
        if (lines.Length > MostLines || !IsOf(lines, parameters.Select(parameter => parameter.Name)))
            return null;
        return new ModelContractReader(lines, parameters).Read() is { } read
            ? read with { MetadataName = metadataName, Name = name, Parameters = parameters, Contexts = contexts }
            : null;
    }

    /// <summary>Whether a text of this version speaks of a constructor with these parameters.</summary>
    public static bool IsOf(string text, IEnumerable<string> parameters) => IsOf(Lines(text), parameters);

    private static bool IsOf(string[] lines, IEnumerable<string> parameters) =>
        lines.Length > 3
        && lines[0] == ContractNames.Version
        && lines[1] == $"{ContractNames.Parameters}: {string.Join(", ", parameters)}".TrimEnd();

    private static string[] Lines(string text) => text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();

    private ModelContract? Read()
    {
        if (Flow(_lines[2], ContractNames.Input) is not { } input || Flow(_lines[3], ContractNames.Output) is not { } output)
            return null;
        var path = new List<PathStep>();
        _line = 4;
        if (_line < _lines.Length && (_lines[_line++] != $"{ContractNames.Path}:" || !Steps(path, 1) || path.Count == 0))
            return null;
        return _line < _lines.Length || input.MayBeInput
            ? null
            : new ModelContract("", "", default, input.Flow.Shape, output.Flow.Shape, path.ToEquatableArray())
            {
                InputAxis = input.Flow.ChannelAxis,
                OutputAxis = output.Flow.ChannelAxis,
                MayReturnInput = output.MayBeInput,
            };
    }

    /// <summary><c>input: [N, C, H, W]; channels at 1</c>.</summary>
    private (FlowShape Flow, bool MayBeInput)? Flow(string line, string name)
    {
        var (found, value) = ContractNames.Pair(line);
        var parts = ContractNames.Split(value, "; ");
        if (found != name || !IsShape(parts[0], out var shape))
            return null;
        var (flow, mayBeInput) = (new FlowShape(shape, null), false);
        foreach (var part in parts.Skip(1))
        {
            if (part == ContractNames.PerhapsInput)
                mayBeInput = true;
            else if (ChannelAxis(part) is { } axis && axis < shape?.Rank)
                flow = flow with { ChannelAxis = axis };
            else
                return null;
        }
        return (flow, mayBeInput);
    }

    /// <summary>Whether a text is a shape in brackets, or <c>?</c> for one that isn't known.</summary>
    private bool IsShape(string text, out Shape? shape)
    {
        shape = null;
        if (text == "?")
            return true;
        if (text.Length < 2 || text[0] != '[' || text[text.Length - 1] != ']')
            return false;
        var axes = text.Length == 2 ? [] : ContractNames.Split(text.Substring(1, text.Length - 2), ", ");
        shape = new(axes.Select(Read).ToEquatableArray());
        return shape.Axes.Zip(axes, (axis, written) => axis.Size is not null || written == "?").All(isRead => isRead);
    }

    private Axis Read(string axis, int position) =>
        position == 0 && axis == $"{Axis.Leading}" ? Axis.Leading : Axis.Of(_sizes.Read(axis));

    private static int? ChannelAxis(string part) =>
        part.StartsWith(ContractNames.ChannelsAt, StringComparison.Ordinal)
        && int.TryParse(
            part.Substring(ContractNames.ChannelsAt.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var axis)
            ? axis
            : null;

    /// <summary>The steps of a depth, and those inside them; false where a line is none.</summary>
    private bool Steps(List<PathStep> steps, int depth)
    {
        while (_line < _lines.Length && Depth(_lines[_line]) == depth)
        {
            var inner = new List<PathStep>();
            if (depth > DeepestStep || Step(_lines[_line++].Trim()) is not { } step || !Steps(inner, depth + 1))
                return false;
            steps.Add(step with { Inner = inner.ToEquatableArray() });
        }
        return true;
    }

    private static int? Depth(string line)
    {
        var blanks = line.Length - line.TrimStart(' ').Length;
        return blanks % 2 == 0 ? blanks / 2 : null;
    }

    private PathStep? Step(string line)
    {
        var end = line.IndexOf(' ');
        if (ContractNames.Kind<PathStepKind>(end < 0 ? line : line.Substring(0, end)) is not { } kind)
            return null;
        PathStep? step = new(kind, null);
        foreach (var part in end < 0 ? [] : ContractNames.Split(line.Substring(end + 1), "; "))
            step = step is null ? null : With(step, part);
        return step;
    }

    private PathStep? With(PathStep step, string fact)
    {
        if (fact == ContractNames.Projection)
            return step with { HasProjection = true };
        if (fact == ContractNames.ReLUBehind)
            return step with { IsRectifiedBehind = true };
        var (name, value) = ContractNames.Pair(fact);
        if (name == ContractNames.Normalization)
            return ContractChoice.Read(value) is { } choice ? step with { Normalization = choice } : null;
        if (name is ContractNames.Identity or ContractNames.When)
            return _sizes.ReadCondition(value) is { } condition ? step with { Identity = condition } : null;
        if (_sizes.Read(value) is not { } size)
            return null;
        return name switch
        {
            ContractNames.Channels => step with { Channels = size },
            ContractNames.Kernel => step with { Kernel = size },
            ContractNames.Stride => step with { Stride = size },
            ContractNames.Padding => step with { Padding = size },
            ContractNames.Repeat => step with { Repeat = size },
            _ => null,
        };
    }
}

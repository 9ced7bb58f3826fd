using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// Reorders, splits and joins the axes of a tensor by a pattern in the grammar of einops (Rogozhnikov 2022):
/// <c>n c (h p) (w q) -> n (h w) (c p q)</c>.
/// </summary>
/// <remarks>
/// Parentheses join axes, the last one fastest; <c>1</c> and <c>()</c> are an axis of size 1; <c>...</c> stands for any number of
/// axes. Of the sizes in parentheses that come in all but one must be given.
/// </remarks>
public sealed partial class Rearrangement : nn.Module<Tensor, Tensor>
{
    private const string Ellipsis = "...";

    /// <summary>Any number of axes, not joined as those of <c>(...)</c> are.</summary>
    private static readonly string[] AnyAxes = [Ellipsis];

    private readonly string _pattern;
    private readonly string[][] _left;
    private readonly string[][] _right;
    private readonly Dictionary<string, long> _given;

    /// <param name="pattern">The pattern.</param>
    /// <param name="sizes">Sizes of axes by name.</param>
    /// <exception cref="ArgumentException">The pattern is malformed, or a size isn't positive or names no axis.</exception>
    public Rearrangement(string pattern, params (string Axis, long Size)[] sizes)
        : base(nameof(Rearrangement))
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(sizes);
        _pattern = pattern;
        var sides = pattern.Split("->");
        if (sides.Length != 2)
            throw Wrong("it needs one '->' between the axes that come in and those that go out");
        (_left, _right) = (Read(sides[0]), Read(sides[1]));
        var (names, others) = (_left.SelectMany(axes => axes).ToList(), _right.SelectMany(axes => axes).ToList());
        if (!names.Order().SequenceEqual(others.Order()) || names.Distinct().Count() != names.Count)
            throw Wrong("every axis must stand once on each side");
        if (_left.Any(axes => axes != AnyAxes && axes.Contains(Ellipsis)))
            throw Wrong("'...' can't stand in parentheses where axes come in");
        _given = sizes.ToDictionary(size => size.Axis, size => size.Size);
        foreach (var (axis, size) in sizes)
        {
            if (size < 1 || axis == Ellipsis || !names.Contains(axis))
                throw Wrong($"the size {axis} = {size} must be positive and name an axis");
        }
    }

    /// <summary>Rearranges a tensor.</summary>
    /// <returns>A tensor that may share the input's memory.</returns>
    /// <exception cref="ArgumentException">The shape doesn't fit the pattern; the message says where.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = input.shape;
        var hidden = shape.Length - _left.Count(axes => axes != AnyAxes);
        if (hidden < 0 || (hidden > 0 && !_left.Contains(AnyAxes)))
            throw Misfit(shape, $"it has {shape.Length} axes");
        var (left, right) = (Expand(_left, hidden), Expand(_right, hidden));
        var sizes = Sizes(left, shape);
        var (from, to) = (left.SelectMany(axes => axes).ToList(), right.SelectMany(axes => axes).ToList());
        using var split = input.reshape([.. from.Select(name => sizes[name])]);
        using var ordered = split.permute([.. to.Select(name => (long)from.IndexOf(name))]);
        return ordered.reshape([.. right.Select(axes => axes.Aggregate(1L, (product, name) => product * sizes[name]))]);
    }

    /// <summary>Has nothing to register.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Has nothing to move.</summary>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
    }

    private static string[][] Expand(string[][] groups, int hidden)
    {
        string[] names = [.. Enumerable.Range(0, hidden).Select(index => $"{Ellipsis}{index}")];
        return
        [
            .. groups.SelectMany(axes => axes == AnyAxes
                ? names.Select(name => new[] { name })
                : [[.. axes.SelectMany(axis => axis == Ellipsis ? names : [axis])]]),
        ];
    }

    private Dictionary<string, long> Sizes(string[][] groups, long[] shape)
    {
        var sizes = new Dictionary<string, long>(_given);
        for (var axis = 0; axis < groups.Length; axis++)
        {
            var open = groups[axis].Where(name => !_given.ContainsKey(name)).ToList();
            var known = groups[axis].Where(_given.ContainsKey).Aggregate(1L, (product, name) => product * _given[name]);
            var place = $"axis {axis}, ({string.Join(" ", groups[axis])})";
            if (open.Count > 1)
                throw Misfit(shape, $"of {place} all sizes but one must be given");
            if (open.Count == 0 && shape[axis] != known)
                throw Misfit(shape, $"{place} must have {known}");
            if (shape[axis] % known != 0)
                throw Misfit(shape, $"{place} must be a multiple of {known}");
            if (open.Count == 1)
                sizes[open[0]] = shape[axis] / known;
        }
        return sizes;
    }

    private string[][] Read(string side)
    {
        var groups = new List<string[]>();
        List<string>? open = null;
        foreach (var token in Token().Matches(side).Select(match => match.Value))
        {
            if (token == "(" && open is null)
                open = [];
            else if (token == ")" && open is not null)
            {
                groups.Add([.. open]);
                open = null;
            }
            else if (token == "1" && open is null)
                groups.Add([]);
            else if ((token == Ellipsis || char.IsLetter(token[0])) && open is null)
                groups.Add(token == Ellipsis ? AnyAxes : [token]);
            else if (token == Ellipsis || char.IsLetter(token[0]))
                open!.Add(token);
            else if (token != "1")
                throw Wrong($"'{token}' can't stand where it does");
        }
        return open is null ? [.. groups] : throw Wrong("'(' is not closed");
    }

    private ArgumentException Wrong(string reason) => new($"The pattern \"{_pattern}\" can't be read: {reason}.");

    private ArgumentException Misfit(long[] shape, string reason) =>
        new($"[{string.Join(", ", shape)}] does not fit the pattern \"{_pattern}\": {reason}.");

    [GeneratedRegex(@"\.\.\.|[\p{L}][\p{L}\p{Nd}_]*|\d+|\S")]
    private static partial Regex Token();
}

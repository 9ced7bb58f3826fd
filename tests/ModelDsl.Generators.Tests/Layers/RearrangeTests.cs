using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Layers;

/// <summary>Patterns against reshapes and permutations written by hand, and against their inverses.</summary>
public sealed class RearrangeTests : IClassFixture<RearrangeTests.Models>
{
    private static readonly (string Shape, string Pattern, string Sizes, long[] Input, int ChannelAxis, Func<Tensor, Tensor> Function)[] Cases =
    [
        ("N, 3, H, W", "n c h w -> n h w c", "", [2, 3, 4, 6], 3, static x => x.permute(0, 2, 3, 1)),
        ("N, 3, H, W", "n c h w -> n (h w) c", "", [2, 3, 4, 6], 2, static x => x.flatten(2).transpose(1, 2)),
        ("N, 3, H, W", "n c (h p) (w q) -> n (h w) (c p q)", "p: patch, q: patch", [2, 3, 4, 6], 2, static x =>
            x.reshape(2, 3, 2, 2, 3, 2).permute(0, 2, 4, 1, 3, 5).reshape(2, 6, 12)),
        ("N, 3, H, W", "n c (h p) (w q) -> n (h w) (p q c)", "p: patch, q: 2", [2, 3, 4, 6], 2, static x =>
            x.reshape(2, 3, 2, 2, 3, 2).permute(0, 2, 4, 3, 5, 1).reshape(2, 6, 12)),
        ("N, 3, H, W", "n c (h p) (w q) -> n (c p q) h w", "p: 2, q: 2", [2, 3, 4, 6], 1, static x => x.reshape(2, 3, 2, 2, 3, 2).permute(0, 1, 3, 5, 2, 4).reshape(2, 12, 2, 3)),
        ("N, 12, H, W", "n (c p q) h w -> n c (h p) (w q)", "p: 2, q: 2", [2, 12, 2, 3], 1, static x => nn.functional.pixel_shuffle(x, 2)),
        ("N, T, 8", "n t (h d) -> n h t d", "h: 2", [2, 5, 8], 1, static x => x.reshape(2, 5, 2, 4).transpose(1, 2)),
        ("N, T, 8", "n t c -> n c t", "", [2, 5, 8], 1, static x => x.transpose(1, 2)),
        ("N, T, 8", "n t c -> n t 1 c", "", [2, 5, 8], 3, static x => x.unsqueeze(2)),
        ("N, 1, T, 8", "n 1 t c -> n t c", "", [2, 1, 5, 8], 2, static x => x.squeeze(1)),
        ("N, 3, H, W", "n ... -> n (...)", "", [2, 3, 4, 6], 1, static x => x.flatten(1)),
        ("N, 3, H, W", "n c ... -> n ... c", "", [2, 3, 4, 6], 3, static x => x.permute(0, 2, 3, 1)),
        ("N, 3, H, W", "n c h w -> (n c) h w ()", "", [2, 3, 4, 6], 1, static x => x.reshape(6, 4, 6, 1)),
        ("N, T, 8", "n t c -> n t c", "", [2, 5, 8], 2, static x => x),
    ];

    private readonly Models _models;

    public RearrangeTests(Models models) => _models = models;

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Pattern_IsTheReshapeAndPermutationWrittenByHand(int index)
    {
        using var scope = NewDisposeScope();
        var (_, _, _, input, channelAxis, function) = Cases[index];
        using var model = _models.Compiled.Create($"Net{index}");
        var x = randn(input, float64).requires_grad_();
        var output = _models.Compiled.Run($"Net{index}", model, x, Sizes(index));
        var expected = function(x);
        Close.Equal(expected, output, 0);
        var direction = randn(expected.shape, float64);
        Close.Equal(Close.Gradients(expected, direction, [x])[0], Close.Gradients(output, direction, [x])[0], 0);
        Assert.Equal($"rearrange: channels at axis {channelAxis}", _models.Compiled.Definition($"Net{index}").Stages[0].Rows[0].Note);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void InversePattern_Restores(int index)
    {
        using var scope = NewDisposeScope();
        var (_, pattern, sizes, input, _, _) = Cases[index];
        if (pattern.Contains("(...)", StringComparison.Ordinal))
            return;
        var given = sizes.Length == 0 ? [] : sizes.Split(", ").Select(size => (size.Split(": ")[0], size.EndsWith("patch", StringComparison.Ordinal) ? 2L : long.Parse(size.Split(": ")[1]))).ToList();
        var sides = pattern.Split(" -> ");
        // What is joined can't be split again without the sizes that were there.
        var all = Named(sides[0], input, given.ToDictionary(size => size.Item1, size => size.Item2));
        var x = randn(input);
        Close.Equal(x, new Rearrangement($"{sides[1]} -> {sides[0]}", all).call(new Rearrangement(pattern, [.. given]).call(x)), 0);
    }

    [Theory]
    [InlineData("n c h w -> n c (h w)", "n c h -> n c h", "it has 4 axes")]
    [InlineData("n c h w -> n c (h w)", "n (c p) h w -> n c p h w", "of axis 1, (c p) all sizes but one must be given")]
    [InlineData("n c h w -> n c (h w)", "n 1 h w -> n h w", "axis 1, () must have 1")]
    public void ShapeThatDoesNotFit_IsRefusedWithThePlace(string fits, string misfits, string reason)
    {
        using var scope = NewDisposeScope();
        using var x = zeros(2, 3, 4, 5);
        Assert.Equal([2, 3, 20], new Rearrangement(fits).call(x).shape);
        var message = Assert.Throws<ArgumentException>(() => new Rearrangement(misfits).call(x)).Message;
        Assert.Equal($"[2, 3, 4, 5] does not fit the pattern \"{misfits}\": {reason}.", message);
    }

    [Fact]
    public void SizeThatDoesNotDivide_IsRefusedWhenItRuns()
    {
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create("Net2", 4);
        Assert.Contains("axis 3, (w q) must be a multiple of 4", Assert.Throws<ArgumentException>(() => model.call(zeros(2, 3, 4, 6))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n c")]
    [InlineData("n c -> n")]
    [InlineData("n n -> n n")]
    [InlineData("(n (c)) -> n c")]
    [InlineData("n (c -> n c")]
    [InlineData("n 2 -> n 2")]
    [InlineData("n) c -> n c")]
    [InlineData("(n ...) -> n ...")]
    public void MalformedPattern_IsRefused(string pattern) => Assert.Throws<ArgumentException>(() => new Rearrangement(pattern));

    private static (string, long)[] Sizes(int index) =>
        [("N", 2), ("patch", 2), .. Cases[index].Input.Length == 4 ? new[] { ("H", Cases[index].Input[2]), ("W", Cases[index].Input[3]) } : [], ("T", 5)];

    /// <summary>The size of every name on a side without <c>...</c>.</summary>
    private static (string, long)[] Named(string side, long[] shape, Dictionary<string, long> sizes)
    {
        var groups = Regex.Matches(side, @"\([^)]*\)|[^\s()]+").Select(match => Regex.Matches(match.Value, "[a-z]+").Select(name => name.Value).ToList()).ToList();
        for (var axis = 0; axis < groups.Count && !side.Contains("...", StringComparison.Ordinal); axis++)
        {
            var known = groups[axis].Where(sizes.ContainsKey).Aggregate(1L, (product, name) => product * sizes[name]);
            foreach (var name in groups[axis].Where(name => !sizes.ContainsKey(name)).ToList())
                sizes[name] = shape[axis] / known;
        }
        return [.. sizes.Select(size => (size.Key, size.Value))];
    }

    /// <summary>One compilation for all.</summary>
    public sealed class Models : IDisposable
    {
        internal CompiledModels Compiled { get; } = new(string.Join("\n", Cases.Select((one, index) => CompiledModels.Declare(
            $"Net{index}",
            one.Shape,
            one.Sizes.Length == 0 ? $"Rearrange(\"{one.Pattern}\")" : $"Rearrange(\"{one.Pattern}\", \"{one.Sizes}\")",
            one.Sizes.Contains("patch", StringComparison.Ordinal) ? "int patch = 2" : ""))));

        public void Dispose() => Compiled.Dispose();
    }
}

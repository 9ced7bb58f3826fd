using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Forward;

/// <summary>Bodies are read and followed while they are typed.</summary>
public sealed class HalfTypedTests
{
    private const string Source = """
        Tensor forward(Tensor x) {
            using var scope = torch.NewDisposeScope();
            var (n, t) = (x.shape[0], (int)x.size(1));
            var parts = new List<Tensor> { x, Stage(x, mask: null) };
            foreach (var block in Blocks) { if (flag || x.ndim == 3) continue; x = block?.call(x)! ?? x; }
            for (int i = 0, j = 1; i < k; i++, j--) { x += Stage(x); switch (i) { case 1: break; case > 2: x = x[.., ^1]; break; } }
            try { x = x.view([n, -1, .. x.shape[2..]]); } catch (Exception e) when (e is not null) { throw; } finally { t++; }
            var y = torch.cat(new[] { x, parts[0] }, dim: 1) * 2.5f - -x / t % 2;
            var z = k switch { 1 => y, { } q when q > 2 => y.chunk(2, 1)[0], _ => throw new Exception($"{y}") };
            Func<Tensor, Tensor> f = v => { y = v; return v; };
            return scope.MoveToOuter(f(z.permute(0, 2, 1).mean(new long[] { 1, 2 }, keepdim: true)));
        }
        """;

    [Fact]
    public void No_prefix_of_a_body_fails()
    {
        for (var length = 0; length <= Source.Length; length++)
            Follow(Source[..length]);
    }

    [Fact]
    public void No_body_without_some_of_its_characters_fails()
    {
        for (var start = 0; start < Source.Length; start += 3)
            Follow(Source.Remove(start, Math.Min(7, Source.Length - start)));
    }

    [Theory]
    [InlineData("x + ", "x", 3000)]
    [InlineData("x.relu().relu()", ".relu()", 3000)]
    [InlineData("", "(", 3000)]
    [InlineData("x", "[0]", 3000)]
    [InlineData("", "flag ? x : ", 2000)]
    [InlineData("x.view(", "k * (width + 1) * ", 300)]
    [InlineData("", "x + Stage(", 500)]
    public void A_body_of_any_depth_is_read(string start, string repeated, int count) =>
        Follow($"Tensor forward(Tensor x) {{ return {start}{string.Concat(Enumerable.Repeat(repeated, count))}; }}");

    [Fact]
    public void Loops_in_loops_end_soon()
    {
        var loops = string.Concat(Enumerable.Repeat("while (flag) { x = x.unsqueeze(0) + Stage(x); ", 30));
        Follow($"Tensor forward(Tensor x) {{ {loops} {new string('}', 30)} return x; }}");
    }

    [Theory]
    [InlineData("x.view(9223372036854775807, 2)")]
    [InlineData("x.flatten(-9223372036854775808)")]
    [InlineData("x.view(1 / 0, 2 % 0)")]
    [InlineData("x.chunk(0, 0)[9]")]
    [InlineData("x.split(0)[0]")]
    [InlineData("x.split(-1)[0]")]
    [InlineData("functional.max_pool2d(x, 0, 0)")]
    [InlineData("functional.pixel_shuffle(x, 0)")]
    [InlineData("x.unsqueeze(99)")]
    [InlineData("x[^9223372036854775807..]")]
    [InlineData("x.expand()")]
    [InlineData("x.permute()")]
    [InlineData("torch.cat(new Tensor[] { })")]
    [InlineData("torch.zeros()")]
    [InlineData("torch.einsum(\"->\", x)")]
    [InlineData("torch.einsum(\"a,b\")")]
    [InlineData("x.movedim([0, 0], [0, 0])")]
    [InlineData("x.sum(0, 0, 0)")]
    [InlineData("x.mean([0, 0])")]
    [InlineData("-9223372036854775808 / -1 + x")]
    public void Absurd_arguments_do_no_harm(string expression) => Follow($"Tensor forward(Tensor x) => {expression};");

    private static void Follow(string source)
    {
        var members = new FakeMembers().With("Stage", shape => shape).With("Blocks", shape => shape);
        foreach (var shape in new[] { null, "", "N, T, width", "2, 3, 4, 5" })
        {
            var methods = Bodies.Methods(source, new() { ["x"] = shape });
            Assert.Equal(methods, Bodies.Methods(source, new() { ["x"] = shape }));
            for (var index = 0; index < methods.Count; index++)
                Assert.NotNull(ForwardFlow.Run(new(methods, Bodies.Parameters, Bodies.Scope, members), index));
        }
    }
}

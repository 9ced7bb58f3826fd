using ModelDsl.Definition;
using DslRules = ModelDsl.Definition.Rules;

namespace ModelDsl.Generators.Tests.Forward;

/// <summary>What is certainly wrong is reported once, where it stands; what may be right is not.</summary>
public sealed class FindingTests
{
    [Theory]
    [InlineData("N, 4", "N, 3", "x [|+|] y", "MDL231",
        "'+' of [N, 4] and [N, 3]: axis 1 from the end is 4 and 3, which differ and are not 1; give both the same size, or unsqueeze the one that is to be repeated")]
    [InlineData("N, 2 * width", "N, 3 * width", "x.[|mul(y)|]", "MDL231", null)]
    [InlineData("N, T", "N, T", "functional.pad(x, [1, 0]) [|-|] functional.pad(y, [1, 1])", "MDL231", null)]
    [InlineData("N, 6", "1", "x.relu().[|view(2, x.shape[0], 4)|]", "MDL232",
        "'view' of [N, 6] to [2, N, 4] changes the number of elements from 6 * N to 8 * N; a view keeps it: check the sizes, or write -1 for the one that follows")]
    [InlineData("2, 5", "1", "x.[|view(-1, 4)|]", "MDL232", null)]
    [InlineData("N, 5", "1", "x.[|unflatten(1, [2, 3])|]", "MDL232", null)]
    [InlineData("N, C", "1", "x.[|flatten(2)|]", "MDL233", "'flatten' names axis 2 of [N, C], whose axes are -2 to 1")]
    [InlineData("N, C", "1", "x.[|mean([2, 3])|]", "MDL233", null)]
    [InlineData("N, C", "1", "x.[|softmax(-3)|]", "MDL233", null)]
    [InlineData("N, C", "1", "torch.[|cat([x, x], 2)|]", "MDL233", null)]
    [InlineData("N, C", "1", "x.[|permute(0, 2, 1)|]", "MDL234",
        "'permute' takes each of the 2 axes once, found [N, C]; it names 3")]
    [InlineData("N, C", "1", "x.[|permute(1, 1)|]", "MDL234", null)]
    [InlineData("N, 2", "1", "x.[|expand(-1, 3)|]", "MDL234", null)]
    [InlineData("N, C", "1", "x[|[0, 0, 0]|]", "MDL234", null)]
    [InlineData("N, 6", "1", "x.[|split([2, 3], 1)|][0]", "MDL234", null)]
    [InlineData("N, C, 2, 2", "1", "functional.[|max_pool2d(x, 3)|]", "MDL234", null)]
    [InlineData("N, C", "1", "functional.[|avg_pool2d(x, 2)|]", "MDL234", null)]
    [InlineData("N, T, 3", "N, T, 4", "torch.[|cat([x, y], 1)|]", "MDL235",
        "'cat' of [N, T, 3] and [N, T, 4]: axis 2 is 3 and 4; only axis 1 may differ")]
    [InlineData("N, T, 3", "N, T", "[|cat(new[] { x, y })|]", "MDL235", null)]
    [InlineData("N, 3", "N, 4", "torch.[|stack([x, y])|]", "MDL235", null)]
    [InlineData("N, T, 3", "4, C", "x.[|matmul(y)|]", "MDL236",
        "'matmul' of [N, T, 3] and [4, C]: axis 2 of the first is 3, axis 0 of the second 4; transpose one, or make the sizes equal")]
    [InlineData("N, 3", "C, 4", "functional.[|linear(x, y)|]", "MDL236", null)]
    [InlineData("N, 4", "1", "[|Stage(x)|]", "MDL237", "'Stage' takes [N, 3, width], found [N, 4]: axis 2 is missing but should be width")]
    [InlineData("N, 4, k", "1", "Stage.[|call(x)|]", "MDL237", "'Stage' takes [N, 3, width], found [N, 4, k]: axis 1 is 4 but should be 3")]
    public void A_certain_conflict_is_reported_where_it_stands(string x, string y, string expression, string rule, string? message)
    {
        var source = $"Tensor forward(Tensor x, Tensor y) => {expression};";
        var finding = Assert.Single(Run(source.Replace("[|", "").Replace("|]", ""), x, y).Findings);
        Assert.Equal(rule, finding.Rule.Id);
        Assert.Equal(source.Split("[|")[1].Split("|]")[0], Located(source.Replace("[|", "").Replace("|]", ""), finding.Anchor.Call));
        if (message is not null)
            Assert.Equal(message, finding.Message);
        Assert.Equal(rule == "MDL237", finding.Related is not null);
    }

    [Theory]
    [InlineData("N, T", "N, 4", "x + y")]
    [InlineData("N, width", "N, 2 * width", "x + y")]
    [InlineData("N, T", "N, T", "x + functional.pad(y, [1, 0])")]
    [InlineData("N, width", "N, width + k", "torch.cat([x, y])")]
    [InlineData("N, 1", "N, 3", "x + y")]
    [InlineData("N, 6", "1", "x.view(-1, 4)")]
    [InlineData("N, C", "1", "x.view(x.shape[0] * 2, -1)")]
    [InlineData("N, width", "1", "x.view(-1, heads, width / heads)")]
    [InlineData("N, C", "1", "x.expand(-1, 3)")]
    [InlineData("N, T, C", "N, S, W", "x.matmul(y)")]
    [InlineData("N, H", "1", "functional.max_pool1d(x, 3)")]
    [InlineData("N, 3, k", "1", "Stage(x)")]
    [InlineData("N, 4", "1", "flag && x.ndim == 3 ? Stage(x) : x")]
    [InlineData("N, 4", "N, 5", "x.shape[1] == y.shape[1] ? x + y : x")]
    [InlineData("N, 4", "N, 5", "Elsewhere(x) + y")]
    public void What_may_fit_is_silent(string x, string y, string expression) =>
        Assert.Empty(Run($"Tensor forward(Tensor x, Tensor y) => {expression};", x, y).Findings);

    [Fact]
    public void A_return_that_differs_from_what_is_declared_is_reported()
    {
        var methods = Bodies.Methods("Tensor forward(Tensor x) { if (flag) return x.mean([1]); return x; }", new() { ["x"] = "N, T, 8" });
        var declared = methods[0] with { OutputShape = "N, 8" };
        var result = ForwardFlow.Run(new(new[] { declared }.ToEquatableArray(), Bodies.Parameters, Bodies.Scope, new FakeMembers()), 0);
        var finding = Assert.Single(result.Findings);
        Assert.Equal("'forward' declares that it returns [N, 8], found [N, T, 8]: axis 2 is 8 but should be absent", finding.Message);
        Assert.Equal(new Anchor { Method = 0, Argument = Anchor.OutputShape }, finding.Related);
        Assert.Same(DslRules.ReturnDoesNotFit, finding.Rule);
    }

    [Fact]
    public void A_conflict_in_a_loop_or_helper_is_reported_once()
    {
        const string Source = """
            Tensor forward(Tensor x, Tensor y) { while (flag) { for (var i = 0; i < 3; i++) x = Add(x, y); } return Add(x, y); }
            Tensor Add(Tensor a, Tensor b) => a + b;
            """;
        var finding = Assert.Single(Run(Source, "N, 3", "N, 4").Findings);
        Assert.Equal(1, finding.Anchor.Method);
    }

    private static ForwardResult Run(string source, string x, string y) =>
        Bodies.Run(source, new FakeMembers().With("Stage", "N, 3, width", Bodies.Scope), ("x", x), ("y", y));

    private static string Located(string source, int node)
    {
        var method = Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseMemberDeclaration(source)!;
        return source.Substring(ForwardNodes.Locate(method, node)!.SourceSpan.Start, ForwardNodes.Locate(method, node)!.SourceSpan.Length);
    }
}

using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Forward;

/// <summary>The layers that a signal passes through a hand-written body.</summary>
public sealed class PathTests
{
    private static readonly PathStep A = FakeMembers.Step("A");
    private static readonly PathStep B = FakeMembers.Step("B");

    [Theory]
    [InlineData("B(A(x))")]
    [InlineData("B.call(A.forward(x))")]
    [InlineData("this.B(this.A(x).alias().contiguous())")]
    [InlineData("B(A(x).flatten(2).transpose(1, 2))")]
    [InlineData("(A?.call(x) ?? A(x)) is var a ? B(A(x)) : throw new System.Exception()")]
    public void Calls_and_arrangements_of_the_same_elements_leave_the_layers(string expression) =>
        Assert.Equal([A, B], Path(expression));

    [Fact]
    public void Adding_what_a_branch_started_from_is_a_residual_step()
    {
        var step = Assert.Single(Path("x + B(A(x))"));
        Assert.Equal(PathStepKind.Residual, step.Kind);
        Assert.Equal([A, B], step.Inner);
        Assert.Equal(Size.Symbol("C"), step.Channels);
    }

    [Fact]
    public void The_shortcut_may_start_behind_other_layers_and_stand_on_either_side()
    {
        var path = Body("var a = A(x); return B(a).add(a);");
        Assert.Equal(A, path[0]);
        Assert.Equal([B], path[1].Inner);
        Assert.Equal(path.Select(step => step.Kind), Body("var a = A(x); a += B(a); return a;").Select(step => step.Kind));
    }

    [Theory]
    [InlineData("A(x) + B(x)")]
    [InlineData("x + x")]
    [InlineData("A(x) * B(x)")]
    [InlineData("x * 0.5")]
    [InlineData("torch.cat([A(x), x], 1)")]
    [InlineData("Elsewhere(A(x)) + A(x)")]
    [InlineData("x.softmax(1)")]
    [InlineData("flag ? A(x) : x")]
    public void What_no_judgment_knows_is_an_unknown_step(string expression) =>
        Assert.Contains(PathStepKind.Unknown, Path(expression).Select(step => step.Kind));

    [Fact]
    public void Layers_on_only_one_way_can_still_be_found() =>
        Assert.Contains(A, Path("flag ? A(x) : x").SelectMany(step => step.Inner));

    [Fact]
    public void A_rectifier_is_an_activation_and_a_pool_a_pooling_step()
    {
        var path = Path("functional.max_pool2d(A(x).relu(), 3, 2, 1)");
        Assert.Equal([PathStepKind.Convolution, PathStepKind.Activation, PathStepKind.Pooling], path.Select(step => step.Kind));
        Assert.Equal((Size.Constant(3), Size.Constant(2)), (path[2].Kernel!, path[2].Stride!));
    }

    [Fact]
    public void The_head_of_a_network_is_no_step() =>
        Assert.Equal(Path("functional.adaptive_avg_pool2d(A(x), 1)"), Path("A(x).mean([2, 3], keepdim: true)"));

    [Fact]
    public void A_statement_that_works_in_place_is_on_the_way() =>
        Assert.Equal(PathStepKind.Activation, Body("var a = A(x); a.relu_(); return a;")[1].Kind);

    [Fact]
    public void A_loop_of_unknown_length_is_one_unknown_step_that_holds_the_layers_of_a_run()
    {
        var path = Body("var a = A(x); for (var i = 0; i < k; i++) a = a + B(a); return a;");
        Assert.Equal(A, path[0]);
        Assert.Equal(PathStepKind.Unknown, path[1].Kind);
        Assert.Equal([B], Assert.Single(path[1].Inner).Inner);
    }

    private static EquatableArray<PathStep> Path(string expression) => Body($"return {expression};");

    private static EquatableArray<PathStep> Body(string body)
    {
        var members = new FakeMembers().With("A", shape => shape).With("B", shape => shape);
        var output = Bodies.Sound($"Tensor forward(Tensor x) {{ {body} }}", "N, C, H, W", members);
        return output is TensorValue { Path: { } path } ? path : new[] { new PathStep(PathStepKind.Unknown, null) }.ToEquatableArray();
    }
}

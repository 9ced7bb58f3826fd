using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Forward;

/// <summary>Locals, branches, loops and calls: what is known stays known, everything else is unknown and silent.</summary>
public sealed class BodyTests
{
    [Theory]
    [InlineData("return x.flatten(1);", "N, C * H * W")]
    [InlineData("var s = x; { s = s.unsqueeze(0); } return s;", "1, N, C, H, W")]
    [InlineData("Tensor s = x.relu(), t = s.mean([2, 3]); return t;", "N, C")]
    [InlineData("if (flag) return x; return x.relu();", "N, C, H, W")]
    [InlineData("if (flag) { return x; } else { throw new System.Exception(); }", "N, C, H, W")]
    [InlineData("if (flag) x = x.flatten(1); else x = x.view(x.shape[0], -1); return x;", "N, C * H * W")]
    [InlineData("var s = flag ? x.mean([2, 3]) : x.amax([2, 3]); return s;", "N, C")]
    [InlineData("while (flag) { x = x + 1; if (rate > 1) continue; x = x.relu(); } return x;", "N, C, H, W")]
    [InlineData("switch (k) { case 1: x = x.relu(); break; case 2: return x; default: break; } return x;", "N, C, H, W")]
    [InlineData("try { x = x.relu(); } catch (System.Exception e) { System.Console.WriteLine(e); throw; } return x;", "N, C, H, W")]
    [InlineData("lock (this) { using (x) { return x; } }", "N, C, H, W")]
    [InlineData("var (n, c1, _, _) = (x.shape[0], x.shape[1], 0, 0); return x.view(n, c1, -1);", "N, C, H * W")]
    [InlineData("var y = (Tensor)x!; return checked((y));", "N, C, H, W")]
    [InlineData("return x.view(x.shape[0], heads, (int)x.shape[1] / heads, -1);", "N, heads, C / heads, H * W")]
    [InlineData("return torch.zeros(2 * width, Half + 1, k - 1);", "2 * width, width / 2 + 1, k - 1")]
    [InlineData("long[] sizes = [x.shape[0], -1]; return x.view(sizes);", "N, C * H * W")]
    [InlineData("return x.view([.. x.shape[..2], -1]);", "N, C, H * W")]
    [InlineData("var s = x.shape; return x.reshape(s[0], s[^1], -1);", "N, W, C * H")]
    [InlineData("(x, var t) = (x.flatten(1), x); return x;", "N, C * H * W")]
    [InlineData("if (x.ndim == 3) x = x.unsqueeze(0); return x;", "N, C, H, W")]
    [InlineData("if (x.shape[1] == x.size(1)) x = x.flatten(1); return x;", "N, C * H * W")]
    [InlineData("return Helper(Helper(x)); } static Tensor Helper(Tensor y) { return y.mean([-1]);", "N, C")]
    public void What_is_known_stays_known(string body, string shape) => Assert.Equal(shape, $"{Shape(body)}");

    [Theory]
    [InlineData("if (flag) x = x.flatten(2); return x;", null)]
    [InlineData("if (flag) x = x.mean([1], keepdim: true); return x;", "N, ?, H, W")]
    [InlineData("for (var i = 0; i < k; i++) x = torch.cat([x, x], 1); return x;", "N, ?, H, W")]
    [InlineData("for (var i = 0; i < k; i++) x = x.unsqueeze(0); return x;", null)]
    [InlineData("do { x = x.mean([1], keepdim: true); } while (flag); return x;", "N, ?, H, W")]
    [InlineData("try { x = x.flatten(1); } catch { } return x;", null)]
    [InlineData("System.Action f = () => x = x.flatten(1); f(); return x;", null)]
    [InlineData("void F() { x = x.flatten(1); } F(); return x;", null)]
    [InlineData("x.unsqueeze_(0); return x;", null)]
    [InlineData("Change(ref x); return x;", null)]
    [InlineData("Change(out var t); return t;", null)]
    [InlineData("again: x = x.relu(); if (flag) goto again; return x;", null)]
    [InlineData("var sizes = new long[] { 1, 2 }; Change(sizes); return torch.zeros(sizes);", null)]
    [InlineData("var sizes = new long[] { 1, 2 }; sizes[0] = k; return torch.zeros(sizes);", null)]
    [InlineData("return x switch { { ndim: 3 } t => t, var t => t.flatten() };", null)]
    [InlineData("if (x is Tensor t) return t; return x;", null)]
    [InlineData("return Elsewhere.Change(x);", null)]
    [InlineData("return Change(x);", null)]
    [InlineData("var field = _field + x; return field;", null)]
    [InlineData("return Helper(x); } Tensor Helper(Tensor y) { return Helper(y);", null)]
    [InlineData("return Helper(x); } Tensor Helper(Tensor y) => y; Tensor Helper(Tensor y, int i) { return y;", null)]
    [InlineData("return x.view(k > 1 ? 1 : 2, -1);", "?, ?")]
    [InlineData("return x.flatten(k);", null)]
    [InlineData("return (x, x);", null)]
    public void What_can_not_be_known_is_unknown(string body, string? shape) => Assert.Equal(shape, Shape(body)?.ToString());

    [Theory]
    [InlineData("x.flatten(1)", 1)]
    [InlineData("x.flatten(2)", 1)]
    [InlineData("x.flatten(2).transpose(1, 2)", 2)]
    [InlineData("x.permute(0, 2, 3, 1)", 3)]
    [InlineData("x.view(x.shape[0], x.shape[1], -1)", 1)]
    [InlineData("x.reshape(x.shape[0], -1)", 1)]
    [InlineData("x.mean([2, 3])", 1)]
    [InlineData("x.mean([0, 2, 3])", 0)]
    [InlineData("x.mean([1])", null)]
    [InlineData("x.unsqueeze(0)", 2)]
    [InlineData("x.unsqueeze(-1).squeeze(-1)", 1)]
    [InlineData("x[0]", 0)]
    [InlineData("x[.., 0]", null)]
    [InlineData("x[.., .., ..1]", 1)]
    [InlineData("x.view(x.shape[0], heads, -1, 7)", null)]
    [InlineData("torch.cat([x, x], 1)", 1)]
    [InlineData("torch.stack([x, x], 0)", 2)]
    [InlineData("functional.linear(x, W)", 3)]
    [InlineData("x.permute(0, 2, 3, 1) + x", null)]
    [InlineData("x + B", 1)]
    [InlineData("torch.cat([C, x], 1)", 1)]
    public void The_channel_axis_follows(string expression, int? axis)
    {
        var members = new FakeMembers().WithParameter("W", Bodies.Shape("k, W")).WithParameter("B", Bodies.Shape("C, 1, 1"))
            .WithParameter("C", Bodies.Shape("N, 1, H, W"));
        Assert.Equal(axis, Bodies.Value(expression, "N, C, H, W", members).ChannelAxis);
    }

    [Fact]
    public void A_layout_says_where_the_channels_are()
    {
        Assert.Equal(2, Bodies.Value("x.relu()", "N, T, C").ChannelAxis);
        Assert.Equal(1, TensorValue.Input(Bodies.Shape("N, C, T"), channelsFirst: true).ChannelAxis);
    }

    [Fact]
    public void Members_get_what_flows_and_the_contexts()
    {
        var members = new FakeMembers().With("Attend", shape => shape).With("Blocks", shape => shape);
        Bodies.Sound("""
            Tensor forward(Tensor x) {
                var mask = torch.ones(x.shape[1], x.shape[1]);
                x = Attend(x, mask: mask);
                foreach (var block in Blocks) x = block.call(x);
                x = Blocks.Run(x, (b, t) => b.call(t));
                return Blocks[^1].call(x);
            }
            """, "N, T, width", members);
        Assert.Equal("N, T, width", $"{((TensorValue)members.Calls[0].Input).Shape}");
        Assert.Equal("T, T", $"{((TensorValue)Assert.Single(members.Calls[0].Contexts)).Shape}");
        Assert.Equal([false, true, false, true], members.Calls.Select(call => call.IsElement).Distinct().Concat([false, true]));
        Assert.All(members.Calls, call => Assert.Equal(0, call.Site.Method));
    }

    [Fact]
    public void A_stage_with_any_leading_axes_returns_a_tensor_of_unknown_rank()
    {
        var members = new FakeMembers().With("Mix", _ => Bodies.Shape("..., 64"));
        var output = Bodies.Sound("Tensor forward(Tensor x) => Mix(x).mean([2]) + Mix(x).permute(0, 1, 2, 3);", null, members);
        Assert.Null(((TensorValue)output).Shape);
    }

    [Fact]
    public void The_first_call_in_a_loop_has_the_exact_shape()
    {
        var members = new FakeMembers().With("Down", shape => shape?.With(1, shape[1] is { } size ? size * Size.Constant(2) : null));
        var output = Bodies.Sound("Tensor forward(Tensor x) { while (flag) x = Down(x); return x; }", "N, 3, H, W", members);
        Assert.Equal("N, 3, H, W", $"{((TensorValue)members.Calls[0].Input).Shape}");
        Assert.Equal("N, ?, H, W", $"{((TensorValue)output).Shape}");
    }

    [Fact]
    public void A_method_that_states_its_shapes_is_taken_at_its_word()
    {
        var methods = Bodies.Methods(
            "Tensor forward(Tensor x) => Pool(x); Tensor Pool(Tensor y) => Elsewhere(y);",
            new() { ["x"] = "M, 8, 16", ["y"] = "N, T, ?" });
        methods = new[] { methods[0], methods[1] with { OutputShape = "N, T, width, Q" } }.ToEquatableArray();
        var result = ForwardFlow.Run(new(methods, Bodies.Parameters, Bodies.Scope, new FakeMembers()), 0);
        Assert.Equal("M, 8, width, ?", $"{((TensorValue)result.Output).Shape}");
    }

    private static Shape? Shape(string body) =>
        (Bodies.Sound($"Tensor forward(Tensor x) {{ {body} }}", "N, C, H, W") as TensorValue)?.Shape;
}

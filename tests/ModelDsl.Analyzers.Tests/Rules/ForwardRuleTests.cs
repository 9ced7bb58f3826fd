using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>
/// What is certainly wrong in a hand-written body is reported once, under the call or operator; what may be right is silent.
/// </summary>
public sealed class ForwardRuleTests
{
    [Fact]
    public Task SumThatCanNotBeBroadcast_IsReportedAtTheOperator() => Check(
        "N, 3, 64", "Head(x {|MDL231:+|} x.expand(2, 3, 64).permute(1, 0, 2).flatten(0, 1))",
        "'+' of [N, 3, 64] and [6, 64]: axis 2 from the end is 3 and 6, which differ and are not 1; "
        + "give both the same size, or unsqueeze the one that is to be repeated", "2, 3, 64");

    [Theory]
    [InlineData("N, 3, 64", "x + x.mean([1], keepdim: true)")]
    [InlineData("N, T, 64", "x + x.mean([1]).unsqueeze(0)")]
    public Task SumThatMayBeBroadcast_IsSilent(string shape, string expression) => Check(shape, $"Head({expression})");

    [Fact]
    public Task ViewOfOtherElements_IsReportedAtTheCall() => Check(
        "N, 48", "Head(x.relu().{|MDL232:view(x.shape[0], 4, 10)|})",
        "'view' of [N, 48] to [N, 4, 10] changes the number of elements from 48 * N to 40 * N; "
        + "a view keeps it: check the sizes, or write -1 for the one that follows");

    [Theory]
    [InlineData("Head(x.view(-1, 64))")]
    [InlineData("Head(x.view(x.shape[0] / 2, 2, -1).view(-1, 64))")]
    public Task ViewThatMayFit_IsSilent(string expression) => Check("N, T, 64", expression);

    [Fact]
    public Task AxisBeyondTheLast_IsReportedAtTheCall() => Check(
        "N, T, 64", "Head(x.{|MDL233:mean([3])|})", "'mean' names axis 3 of [N, T, 64], whose axes are -3 to 2");

    [Fact]
    public Task AxisOfATensorOfUnknownRank_IsSilent() => Check("..., 64", "x.mean([3])");

    [Fact]
    public Task PermuteOfTooFewAxes_IsReportedAtTheCall() => Check(
        "N, 3, 8, 8", "Head(x.{|MDL234:permute(0, 2, 1)|})",
        "'permute' takes each of the 4 axes once, found [N, 3, 8, 8]; it names 3");

    [Fact]
    public Task PermuteOfAllAxes_IsSilent() => Check("N, 3, 8, 8", "Head(x.permute(0, 2, -1, 1))");

    [Fact]
    public Task TensorsThatCanNotBeJoined_AreReportedAtTheCall() => Check(
        "N, 3, 64", "Head({|MDL235:cat([x, x.flatten(1)], 1)|})",
        "'cat' of [N, 3, 64] and [N, 192]: axis 2 is 64 and missing; all need the same number of axes");

    [Fact]
    public Task TensorsOfOtherSizesOnTheJoinedAxis_AreSilent() => Check("N, T, 64", "Head(cat([x, x[.., ..1]], 1))");

    [Fact]
    public Task ProductOfOtherInnerSizes_IsReportedAtTheCall() => Check(
        "N, 8, 64", "Head(x.{|MDL236:matmul(x)|})",
        "'matmul' of [N, 8, 64] and [N, 8, 64]: axis 2 of the first is 64, axis 1 of the second 8; "
        + "transpose one, or make the sizes equal");

    [Fact]
    public Task ProductWithTheTranspose_IsSilent() => Check("N, T, 64", "Head(x.matmul(x.mT).matmul(x))");

    [Fact]
    public Task CallOfAStageThatDeclaresAnotherShape_IsReportedAtTheCall() => CheckBody("""
        [Linear(10)] private partial Tensor Wide([Shape({|also:"N, 64"|})] Tensor x);

        public override Tensor forward([Shape("N, 3, 8, 8")] Tensor x) => {|MDL237:Wide(x.mean([2, 3]))|};
        """, "'Wide' takes [N, 64], found [N, 3]: axis 1 is 3 but should be 64");

    [Theory]
    [InlineData("N, 3, 8, 8", "Narrow(x.flatten(1)[.., 0..64])")]
    [InlineData("N, T, H, W", "Narrow(x.flatten(1))")]
    public Task CallThatMayFit_IsSilent(string shape, string expression) => Check(shape, expression);

    [Fact]
    public Task ReturnOfAnotherShape_IsReportedAtTheReturn() => CheckBody("""
        [return: Shape({|also:"N, 10"|})]
        public override Tensor forward([Shape("N, T, 64")] Tensor x)
        {
            if (x.device.type == DeviceType.CUDA)
                return Head(x.mean([1]));
            return {|MDL238:Head(x)|};
        }
        """, "'forward' declares that it returns [N, 10], found [N, T, 10]: axis 2 is 10 but should be absent");

    [Fact]
    public Task ReturnOfTheDeclaredShape_IsSilent() => CheckBody("""
        [return: Shape("M, ?")]
        public override Tensor forward([Shape("N, T, 64")] Tensor x) => Head(x.mean([1]));
        """);

    [Fact]
    public Task WhatFollowsAnError_IsNotReported() => CheckBody("""
        public override Tensor forward([Shape("N, T, 64")] Tensor x)
        {
            var pooled = x.{|MDL233:amax([5])|};
            return Head(pooled.view(3, 5)) + torch.cat([pooled, x]);
        }
        """, "'amax' names axis 5 of [N, T, 64], whose axes are -3 to 2");

    [Fact]
    public Task ErrorInAHelper_IsReportedInTheHelper() => CheckBody("""
        public override Tensor forward([Shape("N, T, 64")] Tensor x) => Head(Pool(x));

        private static Tensor Pool(Tensor tokens) => tokens.{|MDL233:mean([3])|};
        """, "'mean' names axis 3 of [N, T, 64], whose axes are -3 to 2");

    private static Task Check(string shape, string expression, string? message = null, string? other = null) => CheckBody(
        $"public override Tensor forward([Shape(\"{other ?? shape}\")] Tensor x) => {expression};",
        message is null ? [] : [other is null ? message : message.Replace(shape, other)]);

    /// <summary>A model with the stages that its body names.</summary>
    private static Task CheckBody(string body, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net
        {
            {{(body.Contains("Head(", StringComparison.Ordinal) ? "[Linear(10)] private partial Tensor Head(Tensor x);" : "")}}

            [Linear(10)] private partial Tensor Narrow([Shape("N, 64")] Tensor x);

            {{body}}
        }
        """, messages);

    /// <summary>A mean over all axes has none left.</summary>
    [Theory]
    [InlineData("Linear(10)", "MDL201")]
    [InlineData("ReLU", null)]
    public async Task ScalarThatFlowsIntoAStage_IsReported_WhereALayerNeedsAnAxis(string layer, string? id)
    {
        var source = Compilations.WithUsings($$"""
            [Model]
            public partial class Net
            {
                [{{layer}}]
                private partial Tensor Head(Tensor x);

                public override Tensor forward([Shape("N, 8")] Tensor x) => Head(x.mean());
            }
            """);
        Assert.Equal(id is null ? [] : [id], (await Compiler.Analyze(source)).Select(finding => finding.Id));
    }
}

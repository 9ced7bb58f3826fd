using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>What stages take beside the tensor that flows.</summary>
public sealed class ContextRuleTests
{
    [Fact]
    public Task MoreInputsThanAModuleHas_AreReportedAtTheClass() => ModelTest.Check("""
        [Model]
        public partial class {|MDL011:Net|}
        {
            [Linear(8)]
            private partial Tensor Stem([Shape("N, 4")] Tensor x, Tensor a, Tensor b, Tensor c);

            [Linear(8)]
            private partial Tensor Head(Tensor x, Tensor d, Tensor e, Tensor f);
        }
        """, "'Net' takes 7 inputs (x, a, b, c, d, e, f), and nn.Module at most 6: join some of them in a type of their own");

    [Fact]
    public Task SixInputs_AreSilent() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(8)]
            private partial Tensor Stem([Shape("N, 4")] Tensor x, Tensor a, Tensor b, Tensor c);

            [Linear(8)]
            private partial Tensor Head(Tensor x, Tensor c, Tensor d, Tensor e, Tensor stem);
        }
        """);

    [Theory]
    [InlineData("bool mask", "bool")]
    [InlineData("Tensor mask", "Tensor")]
    public Task ContextOfTwoTypes_IsReportedAtTheSecond_WithTheFirst(string second, string type) => ModelTest.Check($$"""
        [Model]
        public partial class Net
        {
            [Linear(8)]
            private partial Tensor Stem([Shape("N, 4")] Tensor x, Tensor? {|also:mask|});

            [Linear(8)]
            private partial Tensor Head(Tensor x, {{second.Replace("mask", "{|MDL012:mask|}", StringComparison.Ordinal)}});
        }
        """, $"'mask' is a {type} here and a Tensor? in 'Stem', but forward takes it once: rename one, or give both one type");

    [Fact]
    public Task ContextOfOneType_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(8)]
            private partial Tensor Stem([Shape("N, 4")] Tensor x, Tensor? mask);

            [Linear(8)]
            private partial Tensor Head(Tensor x, Tensor? mask = null);
        }
        """);

    [Theory]
    [InlineData("Tensor x")]
    [InlineData("Tensor x, Tensor? mask")]
    [InlineData("Tensor x, int mask")]
    [InlineData("Tensor x, Tensor a, Tensor b")]
    public Task BlockThatNeedsAContext_IsReportedAtTheBlock(string inputs) => Masked("Tensor mask", "{|MDL306:Block<Masked>|}", inputs,
        "'Masked' needs 'Tensor mask', which 'Body' does not take: add it to the stage's parameters");

    [Theory]
    [InlineData("Tensor mask", "Tensor x, Tensor anyName")]
    [InlineData("Tensor mask", "Tensor x, Tensor other, Tensor mask")]
    [InlineData("Tensor? mask", "Tensor x, Tensor mask")]
    [InlineData("Tensor? mask = null", "Tensor x")]
    [InlineData("int steps = 3", "Tensor x")]
    public Task BlockWhoseContextIsThere_IsSilent(string wanted, string inputs) => Masked(wanted, "Block<Masked>", inputs);

    private static Task Masked(string wanted, string block, string inputs, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net
        {
            [{{block}}]
            private partial Tensor Body([Shape("N, 8")] {{inputs}});
        }

        [Model]
        public partial class Masked
        {
            [Linear(8)]
            private partial Tensor Body([Shape("N, 8")] Tensor x, {{wanted}});
        }
        """, messages);
}

using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>What is a stage, and what one takes and returns.</summary>
public sealed class StageRuleTests
{
    [Fact]
    public Task StageWithABody_IsReportedAtItsName() => ModelTest.Check("""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            private Tensor {|MDL004:Head|}([Shape("N, 784")] Tensor x) => x;
        }
        """,
        "'Head' carries layers but is not a partial method without a body: write 'partial Tensor Head(Tensor x);' or remove the layers");

    [Fact]
    public Task MethodWithoutLayers_IsNoStage() => ModelTest.Check("""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);

            private static Tensor Twice(Tensor x) => x + x;
        }
        """);

    [Theory]
    [InlineData("private partial Tensor {|MDL005:Head|}(double factor, Tensor x);")]
    [InlineData("private partial Tensor {|MDL005:Head|}();")]
    [InlineData("private partial Tensor {|MDL005:Head|}(Tensor x, in Tensor y);")]
    [InlineData("private partial Tensor {|MDL005:Head|}(Tensor x, params Tensor[] more);")]
    [InlineData("private partial Tensor? {|MDL005:Head|}(Tensor x);")]
    [InlineData("private partial Tensor {|MDL005:Head|}(Tensor? x);")]
    [InlineData("private partial int {|MDL005:Head|}(Tensor x);")]
    [InlineData("private partial ref Tensor {|MDL005:Head|}(Tensor x);")]
    [InlineData("private static partial Tensor {|MDL005:Head|}(Tensor x);")]
    [InlineData("private partial Tensor {|MDL005:Head|}(ref Tensor x);")]
    [InlineData("private partial Tensor {|MDL005:Head|}<T>(Tensor x);")]
    public Task StageThatTakesOrReturnsAnythingElse_IsReported(string stage) => ModelTest.Check($$"""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            {{stage}}
        }
        """,
        "'Head' must be an instance method without type parameters that takes a Tensor first, nothing by reference, and returns a Tensor that is never null");

    [Fact]
    public Task StageThatTakesMore_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x, Tensor? mask = null, int step = 0);
        }
        """);

    [Fact]
    public Task StageOfAnUnknownType_IsLeftToTheCompiler() => ModelTest.Check("""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            private partial Tensor {|CS8795:Head|}({|CS0246:Missing|} x);
        }
        """);
}

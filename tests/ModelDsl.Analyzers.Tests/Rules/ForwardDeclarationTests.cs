using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>MDL017 and MDL018: which <c>forward</c> is the model's, and what runs beside it.</summary>
public sealed class ForwardDeclarationTests
{
    [Theory]
    [InlineData("public Tensor {|MDL018:forward|}(Tensor x) => Stem(x);", "it does not override", "")]
    [InlineData("private Tensor {|MDL018:forward|}(Tensor x, int steps) => Stem(x);", "it does not override", "")]
    [InlineData("public static Tensor {|MDL018:forward|}(Tensor x) => x;", "it is static", "")]
    [InlineData("public Tensor {|MDL018:forward|}<T>(Tensor x) => Stem(x);", "it has type parameters", "")]
    [InlineData("public Tensor {|MDL018:forward|}() => Stem(null!);", "it does not override", "")]
    [InlineData("[Linear(10)] public partial Tensor {|MDL018:forward|}([Shape(\"N, 784\")] Tensor x);", "it does not override", "partial ")]
    [InlineData("[Linear(10)] private partial Tensor {|MDL018:forward|}([Shape(\"N, 784\")] Tensor x, Tensor y);", "it does not override", "partial ")]
    public Task ForwardThatIsNotTheModules_IsReportedAtItsName_AndTheCompilerIsSilent(string forward, string problem, string isPartial) => Check(
        isPartial.Length > 0 ? forward : $"[Linear(10)] private partial Tensor Stem([Shape(\"N, 784\")] Tensor x); {forward}",
        $"'forward' can't be the model's, as {problem}: write 'public override {isPartial}Tensor forward(Tensor x)', or give it another name");

    [Fact]
    public Task ForwardThatTakesNothing_IsReported_BesideTheCompiler() => Check(
        "public override Tensor {|MDL018:{|CS0115:forward|}|}() => torch.zeros(1);",
        "'forward' can't be the model's, as it takes nothing: write 'public override Tensor forward(Tensor x)', or give it another name");

    [Theory]
    [InlineData("public override Tensor forward(Tensor x) => Stem(x);")]
    [InlineData("public override Tensor forward(Tensor x) => Stem(x); public Tensor forward(Tensor x, int steps) => Stem(x);")]
    [InlineData("public override (Tensor, Tensor) forward(Tensor x) => (Stem(x), x);")]
    [InlineData("[Call(nameof(Stem))] public override partial Tensor forward([Shape(\"N, 784\")] Tensor x);")]
    [InlineData("[Call(nameof(Stem))] public override partial Tensor forward([Shape(\"N, 784\")] Tensor x); public Tensor forward(Tensor x, int steps) => x;")]
    public Task ForwardThatOverrides_IsSilent(string forward) =>
        Check($"[Linear(10)] private partial Tensor Stem([Shape(\"N, 784\")] Tensor x); {forward}");

    [Fact]
    public Task StageBesideAStageForward_IsReportedAtItsName() => Check("""
        [Linear(32)] private partial Tensor {|MDL017:Stem|}([Shape("N, 784")] Tensor x);
        [Linear(10)] public override partial Tensor forward([Shape("N, 32")] Tensor x);
        """,
        "'Stem' never runs, as the stage 'forward' is all that the model runs: name it in a Branch or Call there, or give 'forward' another name");

    private static Task Check(string members, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net
        {
            {{members}}
        }
        """, messages);
}

using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>MDL330: a branch that is to start at zero, and has no normalization at its end whose scale could.</summary>
public sealed class ZeroInitTests
{
    private const string Start = "ZeroInit lets the scale of the normalization at the end of the branch start at 0, but ";

    private const string End = " write Scale = BranchScale.SkipInit instead";

    [Theory]
    [InlineData("Norm, ReLU, Conv2d(8, 3), {0}", "Conv2d")]
    [InlineData("Conv2d(8, 3), Norm, ReLU, {0}", "ReLU")]
    [InlineData("Conv2d(8, 3), {0}", "Conv2d")]
    [InlineData("Conv2d(8, 3), Norm, Branch(nameof(Side)), {0}", "Branch")]
    [InlineData("Conv2d(8, 3), Norm, Shortcut, {0}", "Shortcut")]
    [InlineData("Conv2d(8, 3), Norm, Label(\"a\"), Dropout(0.1), Shortcut(From = \"a\", ZeroInit = {{|MDL330:true|}})", "Dropout")]
    public Task BranchThatEndsOtherwise_IsReportedAtTheOption(string layers, string last) => Check("", layers,
        $"the branch ends with [{last}]: put Norm directly before the Shortcut, or");

    [Theory]
    [InlineData(", EvoNormS0(Groups = 2)", "EvoNormS0")]
    [InlineData(", NoNorm", "NoNorm")]
    [InlineData(", WeightCentering", "WeightCentering")]
    public Task VariantWithoutAScale_IsReportedAtTheOption(string variant, string name) => Check(variant, "Conv2d(8, 3), Norm, {0}, ReLU",
        $"{name} has none there: choose another variant, or");

    [Theory]
    [InlineData("", "bool flag = true")]
    [InlineData("", "bool flag = true, Normalization norm = default")]
    public Task NormalizationWithAConditionOfItsOwn_IsReportedAtTheOption(string variant, string parameters) => ModelTest.Check(
        Net(variant, "Conv2d(8, 3), Norm(When = nameof(flag)), Shortcut(ZeroInit = {|MDL330:true|}), ReLU", parameters),
        Start + "[Norm] there has a condition: give Shortcut the same, or" + End);

    [Theory]
    [InlineData("Conv2d(8, 3), Norm(When = nameof(flag)), Shortcut(ZeroInit = true, When = nameof(flag))", "bool flag = true")]
    [InlineData("Conv2d(8, 3), Norm(When = nameof(flag)), Shortcut(ZeroInit = true, When = \"size > 3 && flag\")",
        "bool flag = true, int size = 4, Normalization norm = default")]
    public Task NormalizationWithTheConditionOfTheShortcut_IsSilent(string layers, string parameters) =>
        ModelTest.Check(Net("", layers, parameters));

    [Theory]
    [InlineData(", ScaledWeightStandardization", "Call(nameof(Side)), Norm, {0}, Conv2d(8, 3)", "Conv2d")]
    [InlineData(", WeightNorm", "Call(nameof(Side)), Norm, {0}, Linear(8)", "Linear")]
    [InlineData(", WeightNorm", "Conv2d(8, 3), Sigmoid, Norm, {0}", "Conv2d")]
    [InlineData(", WeightNorm", "Conv2d(8, 3), Call(nameof(Side)), Norm, {0}", "Conv2d")]
    [InlineData(", ScaledWeightStandardization", "Conv2d(8, 3), Label(\"a\"), Norm, Shortcut(From = \"a\", ZeroInit = {{|MDL330:true|}})", "Conv2d")]
    public Task WeightThatDoesNotEndTheBranch_IsReportedAtTheOption(string variant, string layers, string host) => Check(variant, layers,
        $"that of {variant[2..]} is in [{host}], which does not stand there: put a convolution or Linear directly before the slot, or");

    [Theory]
    [InlineData("Conv2d(8, 3), Label(\"a\"), Dropout(0.1), MaxPool2d(1), Norm, Shortcut(ZeroInit = true)")]
    [InlineData("Label(\"a\"), Conv2d(8, 3), Norm, Shortcut(From = \"a\", ZeroInit = true)")]
    public Task WeightThatEndsTheBranch_IsSilent(string layers) => ModelTest.Check(Net(", WeightNorm", layers));

    [Fact]
    public Task TwoFactorsThatStartAtZero_AreReportedAtTheOption() => ModelTest.Check(
        Net("", "Conv2d(8, 3), Norm, Shortcut(Scale = BranchScale.SkipInit, ZeroInit = {|MDL212:true|})"),
        "ZeroInit and a SkipInit that starts at 0 cut the branch off for good, as each waits for the other to leave 0: remove one");

    [Theory]
    [InlineData("", "Conv2d(8, 3), Norm, Shortcut(ZeroInit = true)")]
    [InlineData("", "Norm, ReLU, Conv2d(8, 3), Shortcut(ZeroInit = false)")]
    [InlineData(", WeightNorm", "Conv2d(8, 3), Norm, Shortcut(ZeroInit = true)")]
    [InlineData(", EvoNormS0(Groups = 2)", "Conv2d(8, 3), GroupNorm(Groups = 2), Shortcut(ZeroInit = true), ReLU")]
    [InlineData("", "Conv2d(8, 3), Norm, SqueezeExcite(4), StochasticDepth(0.1), Shortcut(ZeroInit = true), ReLU")]
    [InlineData("", "Conv2d(8, 3), Norm, Shortcut(ZeroInit = true, Scale = BranchScale.SkipInit, Initial = 1)")]
    public Task BranchThatEndsWithANormalization_IsSilent(string variant, string layers) => ModelTest.Check(Net(variant, layers));

    private static Task Check(string variant, string layers, string message) => ModelTest.Check(
        Net(variant, string.Format(System.Globalization.CultureInfo.InvariantCulture, layers, "Shortcut(ZeroInit = {|MDL330:true|})")),
        $"{Start}{message}{End}");

    private static string Net(string variant, string layers, string parameters = "") => $$"""
        [Model{{variant}}]
        public partial class Net({{parameters}})
        {
            [{{layers}}]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);

            [Conv2d(8, 1)]
            private partial Tensor Side([Shape("N, 8, H, W")] Tensor x);

            public override Tensor forward(Tensor x) => Side(Body(x));
        }
        """;
}

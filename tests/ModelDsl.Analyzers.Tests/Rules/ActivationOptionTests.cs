using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>An option of an activation that does not bind is said once, and where the activation stands.</summary>
public sealed class ActivationOptionTests
{
    private const string Message =
        "'slop' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: slope";

    [Theory]
    [InlineData("", "Norm")]
    [InlineData(", ScaledWeightStandardization", "Norm")]
    [InlineData(", WeightNorm", "Norm, Dropout(0.1)")]
    public Task OptionOnTheClass_IsReportedAtTheSlotThatTakesIt(string variant, string slot) => ModelTest.Check(
        Declare($", LeakyReLU(\"slop\"){variant}", $"{slot}, {{|MDL101:Activation|}}"), Message);

    [Theory]
    [InlineData("ScaledWeightStandardization")]
    [InlineData("Norm")]
    [InlineData("WeightNorm, Shortcut")]
    public Task OptionOfAnActivation_IsReportedOnceUnderItsCharacters(string slot) => ModelTest.Check(
        Declare("", $"{slot}, LeakyReLU(\"{{|MDL101:slop|}}\")"), Message);

    [Theory]
    [InlineData(", LeakyReLU(\"slope\"), ScaledWeightStandardization", "Norm, Activation")]
    [InlineData("", "ScaledWeightStandardization, LeakyReLU(\"slope / 2\")")]
    public Task OptionThatBinds_IsSilent(string attributes, string layers) => ModelTest.Check(Declare(attributes, layers));

    private static string Declare(string attributes, string layers) => $$"""
        [Model{{attributes}}]
        public partial class Net(double slope = 0.1)
        {
            public double Slope { get; } = slope;

            [Conv2d(8, 3), {{layers}}]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);
        }
        """;
}

using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>MDL209: two slots side by side are a repetition where something stands at both.</summary>
public sealed class NormalizationTwiceTests
{
    [Theory]
    [InlineData("", "Norm, {|MDL209:BatchNorm|}, ReLU", "BatchNorm", "Norm")]
    [InlineData(", GroupNorm(Groups = 4)", "BatchNorm, {|MDL209:Norm|}, ReLU", "Norm", "BatchNorm")]
    public Task TwoThatStandThere_AreReportedAtTheSecond(string variant, string layers, string second, string first) =>
        ModelTest.Check(Declare(variant, layers.Replace($"{first},", $"{{|also:{first}|}},", StringComparison.Ordinal)),
            $"[{second}] normalizes what [{first}] has just normalized: remove one of them");

    [Theory]
    [InlineData("", "ScaledWeightStandardization, GroupNorm(Groups = 32), ReLU")]
    [InlineData("", "WeightCentering, BatchNorm, ReLU")]
    [InlineData("", "WeightNorm, BatchNorm, ReLU")]
    [InlineData("", "NoNorm, BatchNorm, ReLU")]
    [InlineData(", ScaledWeightStandardization", "Norm, GroupNorm(Groups = 32), ReLU")]
    public Task OneThatLeavesItsSlotEmpty_IsSilent(string variant, string layers) => ModelTest.Check(Declare(variant, layers));

    private static string Declare(string variant, string layers) => $$"""
        [Model{{variant}}]
        public partial class Net
        {
            [Conv2d(64, 3), {{layers}}]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """;
}

using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class JudgmentTests
{
    [Fact]
    public Task TrackingBatchNorm_IsReportedAtTheAttribute() => ModelTest.Check("""
        [Model, BatchNorm, {|MDL410:TrackGradientNoise|}]
        public partial class Net
        {
            [Conv2d(8, 3), Norm, ReLU]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);
        }
        """,
        "[TrackGradientNoise] measures GroupNorm and LayerNorm; a slot of Stem of 'Net' is BatchNorm, in which examples have no gradient of their own: "
        + "choose [GroupNorm] or [LayerNorm], or remove [TrackGradientNoise]");

    [Theory]
    [InlineData("Model, GroupNorm(Groups = 2), TrackGradientNoise")]
    [InlineData("Model, LayerNorm, TrackGradientNoise")]
    [InlineData("Model, BatchNorm")]
    public Task TrackingWhatCanBeMeasured_IsSilent(string attributes) => ModelTest.Check($$"""
        [{{attributes}}]
        public partial class Net
        {
            [Conv2d(8, 3), Norm, ReLU]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);
        }
        """);
}

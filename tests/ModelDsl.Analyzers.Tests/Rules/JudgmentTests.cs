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
        "[TrackGradientNoise] measures Group-, Layer-, Instance-, RMS- and FilterResponseNorm; a slot of Stem of 'Net' is BatchNorm, in which examples have no gradient of their own: "
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

    [Fact]
    public Task GroupsThatDoNotDivideAtTheDefaults_AreReportedAtTheSlot() => ModelTest.Check("""
        [Model]
        public partial class Net(int width = 12)
        {
            [Conv2d(nameof(width), 3), {|MDL206:GroupNorm(Groups = 8)|}, ReLU]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);
        }
        """,
        "12 channels do not divide into 8 groups at the defaults (width = 12), so 'new Net()' throws; choose a divisor of 12: 1, 2, 3, 4, 6, 12");

    [Fact]
    public Task GroupsThatDivideAtTheDefaults_AreSilent() => ModelTest.Check("""
        [Model]
        public partial class Net(int width = 16)
        {
            [Conv2d(nameof(width), 3), GroupNorm(Groups = 8), ReLU]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);
        }
        """);

    [Fact]
    public Task GroupsOfAProjectionWithoutANormalization_AreSilent() => ModelTest.Check("""
        [Model, EvoNormS0(ChannelsPerGroup = 8)]
        public partial class Net(int width = 12)
        {
            [Conv2d(12, 3), BatchNorm, Shortcut, ReLU]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);

            [Conv2d(nameof(width), 3, Stride = 2), BatchNorm, Shortcut, ReLU]
            private partial Tensor Body(Tensor x);
        }
        """);

    [Fact]
    public Task GroupsOfAProjection_AreReportedAtTheShortcut() => ModelTest.Check("""
        [Model, GroupNorm(ChannelsPerGroup = 8)]
        public partial class Net
        {
            [Conv2d(12, 3), BatchNorm, {|MDL203:Shortcut|}, ReLU]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);
        }
        """, "12 channels do not divide into groups of 8; choose a divisor of 12: 1, 2, 3, 4, 6, 12");

    [Fact]
    public Task GroupsThatNeverDivide_AreReportedAtTheSlot() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Conv2d(12, 3), {|MDL203:GroupNorm(Groups = 8)|}, ReLU]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor x);
        }
        """,
        "12 channels do not divide into 8 groups; choose a divisor of 12: 1, 2, 3, 4, 6, 12");
}

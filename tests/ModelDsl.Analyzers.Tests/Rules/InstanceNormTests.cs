using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class InstanceNormTests
{
    private const string Deep =
        "InstanceNorm after 55 convolutions (depth = 56): predicted at initialisation, the gradient grows about 58x from the last to the first convolution, "
        + "against 1.9x with [GroupNorm(ChannelsPerGroup = 8)]; use [GroupNorm(ChannelsPerGroup = 8)]";

    [Theory]
    [InlineData("Model, {|MDL402:InstanceNorm|}")]
    [InlineData("Model, {|MDL402:GroupNorm(ChannelsPerGroup = 1)|}")]
    public Task InstanceNormInADeepResNet_IsReportedAtTheAttribute(string attributes) => ModelTest.Check(ResNetSource.Write(attributes, 56), Deep);

    [Theory]
    [InlineData("Model, BatchNorm", 56)]
    [InlineData("Model, GroupNorm(ChannelsPerGroup = 8)", 56)]
    [InlineData("Model, LayerNorm", 56)]
    [InlineData("Model", 110)]
    [InlineData("Model, InstanceNorm", 14)]
    public Task OtherNormalizationsAndShallowNetworks_AreSilent(string attributes, int depth) => ModelTest.Check(ResNetSource.Write(attributes, depth));

    [Theory]
    [InlineData("Conv2d(nameof(channels), 3), Norm", "Conv2d(nameof(channels), \"3, 1\"), Norm")]
    [InlineData("Conv2d(nameof(channels), 3), Norm", "Conv2d(nameof(channels), 3, Dilation = 2), Norm")]
    [InlineData("Conv2d(nameof(channels), 3), Norm", "Conv2d(nameof(channels), 3, PaddingMode = PaddingMode.Reflect), Norm")]
    [InlineData("Conv2d(nameof(channels), 3), Norm", "DepthwiseConv2d(3), Norm")]
    [InlineData("Conv2d(nameof(width), 3)", "ReflectionPad2d(1), Conv2d(nameof(width), 3, Padding = 0)")]
    public Task LayersThatTheTheoryDoesNotKnow_AreSilent(string known, string unknown)
    {
        var source = ResNetSource.Write("Model, InstanceNorm", 56).Replace(known, unknown, StringComparison.Ordinal);
        return ModelTest.Check(source);
    }

    [Fact]
    public Task AResNetOfVolumes_IsSilent() => ModelTest.Check(ResNetSource.Write("Model, InstanceNorm", 56)
        .Replace("Conv2d", "Conv3d", StringComparison.Ordinal)
        .Replace("N, 3, 32, 32", "N, 3, 32, 32, 32", StringComparison.Ordinal)
        .Replace("N, inChannels, H, W", "N, inChannels, D, H, W", StringComparison.Ordinal));

    [Theory]
    [InlineData("new ResNet(56, norm: {|MDL402:Normalization.Instance()|})")]
    [InlineData("new ResNet(norm: {|MDL402:Normalization.Instance()|}, depth: 6 * 9 + 2)")]
    [InlineData("new ResNet(56, norm: {|MDL402:Normalization.Instance().Tracked()|})")]
    [InlineData("new ResNet(56, norm: {|MDL402:Normalization.Group(channelsPerGroup: 1)|})")]
    [InlineData("new ResNet(56, norm: {|MDL402:Normalization.Instance().Or(Normalization.Batch())|})")]
    public Task CallThatPassesInstanceNorm_IsReportedAtTheArgument(string call) => CheckCall("Model", call, Deep);

    [Fact]
    public Task CallThatPassesTheDepth_IsReportedAtTheCall() => CheckCall("Model, InstanceNorm", "{|MDL402:new ResNet(56)|}", Deep);

    [Fact]
    public Task TargetTypedCall_IsReported() => CheckCall("Model, InstanceNorm", "{|MDL402:new(56)|}", Deep);

    [Theory]
    [InlineData("Model", "new ResNet(56)")]
    [InlineData("Model", "new ResNet(norm: Normalization.Instance())")]
    [InlineData("Model", "new ResNet(depth, norm: Normalization.Instance())")]
    [InlineData("Model", "new ResNet(56, norm: Normalization.Group(channelsPerGroup: 8))")]
    [InlineData("Model", "new ResNet(56, norm: chosen)")]
    [InlineData("Model, InstanceNorm", "new ResNet()")]
    [InlineData("Model, InstanceNorm", "new ResNet(20, norm: default)")]
    [InlineData("Model, InstanceNorm", "new ResNet(56, norm: Normalization.Batch())")]
    [InlineData("Model, InstanceNorm", "new ResNet(56, norm: chosen)")]
    public Task CallThatPassesSomethingElse_IsSilent(string attributes, string call) => CheckCall(attributes, call);

    private static Task CheckCall(string attributes, string call, params string[] messages) => ModelTest.Check(
        ResNetSource.Write(attributes, 14, $$"""
            public static class Program
            {
                public static ResNet Build(int depth, Normalization chosen) => {{call}};
            }
            """),
        messages);
}

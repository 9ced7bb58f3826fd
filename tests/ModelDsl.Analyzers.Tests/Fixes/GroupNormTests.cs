using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.CodeFixes;

namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class GroupNormTests
{
    [Theory]
    [InlineData("Model, {|MDL402:InstanceNorm|}", "Model, GroupNorm(ChannelsPerGroup = 8)")]
    [InlineData("Model, {|MDL402:InstanceNorm()|}", "Model, GroupNorm(ChannelsPerGroup = 8)")]
    [InlineData("Model, {|MDL402:global::ModelDsl.InstanceNorm|}", "Model, global::ModelDsl.GroupNorm(ChannelsPerGroup = 8)")]
    [InlineData("Model, {|MDL402:GroupNorm(ChannelsPerGroup = 1)|}", "Model, GroupNorm(ChannelsPerGroup = 8)")]
    public Task Attribute_IsReplaced(string attributes, string fixedAttributes) => FixTest<GroupNormCodeFix>.Check(
        ResNetSource.Write(attributes, 56), ResNetSource.Write(fixedAttributes, 56));

    [Fact]
    public Task SlotsOfADocument_AreReplaced() => FixTest<GroupNormCodeFix>.Check(
        Deep("{|MDL402:InstanceNorm|}", "InstanceNorm"), Deep("GroupNorm(ChannelsPerGroup = 8)", "GroupNorm(ChannelsPerGroup = 8)"));

    [Theory]
    [InlineData("new ResNet(56, norm: {|MDL402:Normalization.Instance()|})", "new ResNet(56, norm: Normalization.Group(channelsPerGroup: 8))")]
    [InlineData("new ResNet(56, norm: {|MDL402:Normalization.Instance().Tracked()|})", "new ResNet(56, norm: Normalization.Group(channelsPerGroup: 8).Tracked())")]
    [InlineData("new ResNet(56, norm: {|MDL402:Normalization.Group(channelsPerGroup: 1)|})", "new ResNet(56, norm: Normalization.Group(channelsPerGroup: 8))")]
    public Task ChoiceInACall_IsReplaced(string call, string fixedCall) => FixTest<GroupNormCodeFix>.Check(
        ResNetSource.Write("Model", 14, Program(call)), ResNetSource.Write("Model", 14, Program(fixedCall)));

    [Fact]
    public Task CallThatOnlyPassesTheDepth_IsLeft() => FixTest<GroupNormCodeFix>.Check(
        ResNetSource.Write("Model, InstanceNorm", 14, Program("{|MDL402:new ResNet(56)|}")),
        ResNetSource.Write("Model, InstanceNorm", 14, Program("{|MDL402:new ResNet(56)|}")));

    private static string Program(string call) => $$"""
        public static class Program
        {
            public static ResNet Build() => {{call}};
        }
        """;

    /// <summary>Two chains of 20 convolutions; the first slot of each is marked.</summary>
    private static string Deep(string slot, string others) => string.Join("\n\n", new[] { "First", "Second" }.Select(name => $$"""
        [Model]
        public partial class {{name}}
        {
            [Conv2d(16, 3), {{slot}}, ReLU{{string.Concat(Enumerable.Repeat($", Conv2d(16, 3), {others}, ReLU", 19))}}]
            private partial Tensor Body([Shape("N, 3, 32, 32")] Tensor x);
        }
        """));
}

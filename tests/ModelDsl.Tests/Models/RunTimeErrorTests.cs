using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>What only the running program can know is said with model, stage and remedy.</summary>
public sealed class RunTimeErrorTests
{
    [Theory]
    [InlineData("2, 3, 32, 31")]
    [InlineData("2, 1, 32, 32")]
    [InlineData("3, 32, 32")]
    public void A_wrong_input_names_model_stage_layer_and_both_shapes(string shape)
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        using var input = zeros([.. shape.Split(", ").Select(long.Parse)]);
        var error = Assert.Throws<ArgumentException>(() => model.call(input));
        Assert.StartsWith("CifarResNet.Stem, stem_conv: expected [N, 3, 32, 32]", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"found [{shape}].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_input_of_a_block_shows_the_values_of_its_sizes()
    {
        using var model = new BasicBlock(3, 4);
        using var input = zeros(2, 5, 6, 6);
        Assert.Equal(
            "BasicBlock.forward, conv1: expected [N, inChannels, H, W] = [any, 3, any, any], found [2, 5, 6, 6].",
            Assert.Throws<ArgumentException>(() => model.call(input)).Message);
    }

    [Fact]
    public void A_depth_that_leaves_a_remainder_is_refused() => Assert.Equal(
        "ResNet.Stage1: Repeat = (depth - 2) / 6 leaves the remainder 1; change the parameters so that it divides.",
        Assert.Throws<ArgumentException>(() => new ResNet(depth: 21)).Message);

    [Fact]
    public void A_negative_number_of_blocks_is_refused() => Assert.Equal(
        "ResNet.Stage1: Repeat = (depth - 2) / 6 is -1; it must be at least 0.",
        Assert.Throws<ArgumentException>(() => new ResNet(depth: -4)).Message);

    [Fact]
    public void Blocks_of_two_inputs_do_not_run_on_one()
    {
        var blocks = new RepeatedBlock<TorchSharp.Modules.Bilinear>("Net.Body", 1, "1", static _ => nn.Bilinear(2, 2, 2));
        using var block = blocks[0];
        using var input = zeros(3, 2);
        Assert.StartsWith(
            "TorchSharp.Modules.Bilinear is no module of one tensor that returns one;",
            Assert.Throws<InvalidOperationException>(() => blocks.call(input)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void A_width_that_is_not_positive_is_refused(int width) => Assert.Equal(
        $"ResNet.Stem: the size width is {width}; it must be at least 1.",
        Assert.Throws<ArgumentException>(() => new ResNet(width: width)).Message);

    [Fact]
    public void Channels_that_do_not_divide_into_groups_are_refused() => Assert.Equal(
        "ResNet.Stem: 6 channels do not divide into groups of 4; choose 1, 2, 3 or 6 channels per group.",
        Assert.Throws<ArgumentException>(() => new ResNet(width: 6)).Message);

    [Theory]
    [InlineData(4, 8, 2, 2, null)]
    [InlineData(9, 9, 3, 3, null)]
    [InlineData(5, 8, 2, 2, "the channels inChannels = 5 are no multiple of groups = 2.")]
    [InlineData(4, 9, 2, 3, "the channels width = 9 are no multiple of groups = 2.")]
    [InlineData(4, 6, 2, 2, "the channels width = 6 are no multiple of factor * factor = 4.")]
    public void Channels_that_a_layer_can_not_divide_are_refused(int inChannels, int width, int groups, int factor, string? message)
    {
        var error = Record.Exception(() => new GroupedNet(inChannels, width, groups, factor).Dispose());
        Assert.Equal(message is null ? null : $"GroupedNet.forward: {message}", error?.Message);
    }

    [Fact]
    public void Groups_of_the_callers_choice_that_do_not_divide_are_refused() => Assert.StartsWith(
        "OpenNet.Body: 8 channels do not divide into 3 groups",
        Assert.Throws<ArgumentException>(() => new OpenNet(Normalization.Group(groups: 3))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void No_block_is_too_few_where_what_follows_needs_its_shape() => Assert.Equal(
        "CifarResNet.Stage2: Repeat = (depth - 2) / 6 is 0; it must be at least 1.",
        Assert.Throws<ArgumentException>(() => new CifarResNet(depth: 2)).Message);

    [Fact]
    public void Hooks_of_layers_and_blocks_fire()
    {
        using var scope = NewDisposeScope();
        using var model = new CifarResNet(depth: 8, width: 4);
        var fired = new List<string>();
        foreach (var (name, module) in model.named_modules().Where(entry => entry.module is nn.Module<Tensor, Tensor> and not CifarResNet))
        {
            ((nn.Module<Tensor, Tensor>)module).register_forward_hook((_, _, output) =>
            {
                fired.Add(name);
                return output;
            });
        }
        model.call(zeros(1, 3, 32, 32));
        string[] levels = ["stage1", "stage2", "stage3"];
        Assert.Equal(model.named_modules().Select(entry => entry.name).Except(levels).Order(), fired.Order());
    }
}

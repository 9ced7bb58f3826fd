namespace ModelDsl.Tests.Architectures;

/// <summary>Numbers of parameters, from the papers' tables of layers: a second source beside what PyTorch printed.</summary>
public sealed class CountTests
{
    [Theory]
    [InlineData("lenet5", 61_706)]
    [InlineData("wrn_28_10", 36_479_194)]
    [InlineData("resnext29_32x4d", 4_774_218)]
    [InlineData("unet", 31_037_698)]
    [InlineData("mixer_s16", 18_528_264)]
    [InlineData("resnet18", 11_689_512)]
    [InlineData("resnet34", 21_797_672)]
    [InlineData("resnet50", 25_557_032)]
    [InlineData("vgg16_bn", 138_365_992)]
    [InlineData("mobilenet_v2", 3_504_872)]
    [InlineData("convnext_tiny", 28_589_128)]
    [InlineData("densenet121", 7_978_856)]
    [InlineData("googlenet", 6_624_904)]
    public void Files_hold_the_published_count(string name, long count) =>
        Assert.Equal(count, PublishedModel.Read(name).Parameters);

    [Fact]
    public void LeNet5_has_61706() => Assert.Equal(
        61_706,
        Conv(1, 6, 5) + 6 + Conv(6, 16, 5) + 16 + Linear(400, 120) + Linear(120, 84) + Linear(84, 10));

    [Fact]
    public void WideResNet_28_10_has_36479194()
    {
        long Block(long c, long k) => Norm(c) + Conv(c, k, 3) + Norm(k) + Conv(k, k, 3) + (c == k ? 0 : Conv(c, k, 1));
        long Group(long c, long k) => Block(c, k) + 3 * Block(k, k);
        Assert.Equal(
            36_479_194,
            Conv(3, 16, 3) + Group(16, 160) + Group(160, 320) + Group(320, 640) + Norm(640) + Linear(640, 10));
    }

    [Fact]
    public void ResNeXt_29_32x4d_has_4774218()
    {
        long Inner(long c, long k) => Conv(c, k, 1) + Norm(k) + Conv(k, k, 3) / 32 + Norm(k) + Conv(k, 2 * k, 1) + Norm(2 * k);
        long Group(long c, long k) => Inner(c, k) + Conv(c, 2 * k, 1) + Norm(2 * k) + 2 * Inner(2 * k, k);
        Assert.Equal(
            4_774_218,
            Conv(3, 64, 1) + Norm(64) + Group(64, 128) + Group(256, 256) + Group(512, 512) + Linear(1024, 10));
    }

    [Fact]
    public void UNet_has_31037698()
    {
        long Twice(long c, long k) => Conv(c, k, 3) + Norm(k) + Conv(k, k, 3) + Norm(k);
        long Up(long c) => Conv(c, c / 2, 2) + c / 2 + Twice(c, c / 2);
        var down = Twice(3, 64) + Twice(64, 128) + Twice(128, 256) + Twice(256, 512) + Twice(512, 1024);
        Assert.Equal(31_037_698, down + Up(1024) + Up(512) + Up(256) + Up(128) + Conv(64, 2, 1) + 2);
    }

    [Theory]
    [InlineData(8, 512, 18_528_264)]
    [InlineData(12, 768, 59_880_472)]
    public void Mixer_on_patches_of_16_has(long depth, long width, long count)
    {
        const long tokens = 14 * 14;
        var block = 2 * Norm(width)
            + Linear(tokens, width / 2) + Linear(width / 2, tokens)
            + Linear(width, 4 * width) + Linear(4 * width, width);
        Assert.Equal(count, Conv(3, width, 16) + width + depth * block + Norm(width) + Linear(width, 1000));
    }

    private static long Conv(long c, long k, long kernel) => c * k * kernel * kernel;

    private static long Linear(long c, long k) => (c + 1) * k;

    private static long Norm(long c) => 2 * c;
}

using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>Two convolutions, padded and normalized.</summary>
[Model]
public partial class DoubleConv(int inChannels, int channels)
{
    [Stage(Name = "double_conv", Numbered = true)]
    [Conv2d(nameof(channels), 3), Norm, ReLU, Conv2d(nameof(channels), 3), Norm, ReLU]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}

/// <summary>U-Net of Ronneberger et al. (2015), padded and with BatchNorm. Sizes are multiples of 16.</summary>
[Model]
public partial class UNet(int channels = 3, int classes = 2, int width = 64)
{
    [Block<DoubleConv>("channels: width", Name = "inc")]
    private partial Tensor Inc([Shape("N, channels, H, W")] Tensor x);

    [MaxPool2d(2), Block<DoubleConv>("channels: 2 * width", Name = "down1.maxpool_conv.1")]
    private partial Tensor Down1(Tensor x);

    [MaxPool2d(2), Block<DoubleConv>("channels: 4 * width", Name = "down2.maxpool_conv.1")]
    private partial Tensor Down2(Tensor x);

    [MaxPool2d(2), Block<DoubleConv>("channels: 8 * width", Name = "down3.maxpool_conv.1")]
    private partial Tensor Down3(Tensor x);

    [MaxPool2d(2), Block<DoubleConv>("channels: 16 * width", Name = "down4.maxpool_conv.1")]
    private partial Tensor Down4(Tensor x);

    [ConvTranspose2d("8 * width", 2, Stride = 2, Name = "up1.up")]
    private partial Tensor Up1(Tensor x);

    [Block<DoubleConv>("channels: 8 * width", Name = "up1.conv")]
    private partial Tensor Join1(Tensor x);

    [ConvTranspose2d("4 * width", 2, Stride = 2, Name = "up2.up")]
    private partial Tensor Up2(Tensor x);

    [Block<DoubleConv>("channels: 4 * width", Name = "up2.conv")]
    private partial Tensor Join2(Tensor x);

    [ConvTranspose2d("2 * width", 2, Stride = 2, Name = "up3.up")]
    private partial Tensor Up3(Tensor x);

    [Block<DoubleConv>("channels: 2 * width", Name = "up3.conv")]
    private partial Tensor Join3(Tensor x);

    [ConvTranspose2d(nameof(width), 2, Stride = 2, Name = "up4.up")]
    private partial Tensor Up4(Tensor x);

    [Block<DoubleConv>("channels: width", Name = "up4.conv"), Conv2d(nameof(classes), 1, Name = "outc.conv")]
    private partial Tensor Join4(Tensor x);

    public override Tensor forward(Tensor x)
    {
        var x1 = Inc(x);
        var x2 = Down1(x1);
        var x3 = Down2(x2);
        var x4 = Down3(x3);
        var y = Join1(cat([x4, Up1(Down4(x4))], 1));
        y = Join2(cat([x3, Up2(y)], 1));
        y = Join3(cat([x2, Up3(y)], 1));
        return Join4(cat([x1, Up4(y)], 1));
    }
}

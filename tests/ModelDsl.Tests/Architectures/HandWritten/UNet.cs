using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class DoubleConv : nn.Module<Tensor, Tensor>
{
    private readonly Sequential double_conv;

    public DoubleConv(int inChannels, int channels)
        : base(nameof(DoubleConv))
    {
        double_conv = nn.Sequential(
            nn.Conv2d(inChannels, channels, 3, padding: 1, bias: false),
            nn.BatchNorm2d(channels),
            nn.ReLU(inplace: true),
            nn.Conv2d(channels, channels, 3, padding: 1, bias: false),
            nn.BatchNorm2d(channels),
            nn.ReLU(inplace: true));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => double_conv.call(x);
}

internal sealed class Down : nn.Module<Tensor, Tensor>
{
    private readonly Sequential maxpool_conv;

    public Down(int inChannels, int channels)
        : base(nameof(Down))
    {
        maxpool_conv = nn.Sequential(nn.MaxPool2d(2), new DoubleConv(inChannels, channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => maxpool_conv.call(x);
}

internal sealed class Up : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ConvTranspose2d up;
    private readonly DoubleConv conv;

    public Up(int inChannels, int channels)
        : base(nameof(Up))
    {
        up = nn.ConvTranspose2d(inChannels, inChannels / 2, 2, stride: 2);
        conv = new DoubleConv(inChannels, channels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor skip) => conv.call(cat([skip, up.call(x)], 1));
}

internal sealed class OutConv : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;

    public OutConv(int inChannels, int classes)
        : base(nameof(OutConv))
    {
        conv = nn.Conv2d(inChannels, classes, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => conv.call(x);
}

internal sealed class UNet : nn.Module<Tensor, Tensor>
{
    private readonly DoubleConv inc;
    private readonly Down down1, down2, down3, down4;
    private readonly Up up1, up2, up3, up4;
    private readonly OutConv outc;

    public UNet(int channels = 3, int classes = 2, int width = 64)
        : base(nameof(UNet))
    {
        inc = new DoubleConv(channels, width);
        down1 = new Down(width, 2 * width);
        down2 = new Down(2 * width, 4 * width);
        down3 = new Down(4 * width, 8 * width);
        down4 = new Down(8 * width, 16 * width);
        up1 = new Up(16 * width, 8 * width);
        up2 = new Up(8 * width, 4 * width);
        up3 = new Up(4 * width, 2 * width);
        up4 = new Up(2 * width, width);
        outc = new OutConv(width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var x1 = inc.call(x);
        var x2 = down1.call(x1);
        var x3 = down2.call(x2);
        var x4 = down3.call(x3);
        var y = up1.call(down4.call(x4), x4);
        y = up2.call(y, x3);
        y = up3.call(y, x2);
        return outc.call(up4.call(y, x1));
    }
}

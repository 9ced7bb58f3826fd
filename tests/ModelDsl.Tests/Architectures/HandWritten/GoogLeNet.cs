using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class BasicConv2d : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d bn;

    public BasicConv2d(int inChannels, int channels, int kernelSize, int stride = 1)
        : base(nameof(BasicConv2d))
    {
        conv = nn.Conv2d(inChannels, channels, kernelSize, stride: stride, padding: kernelSize / 2, bias: false);
        bn = nn.BatchNorm2d(channels, eps: 0.001);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => bn.call(conv.call(x)).relu_();
}

internal sealed class Inception : nn.Module<Tensor, Tensor>
{
    private readonly BasicConv2d branch1;
    private readonly Sequential branch2, branch3, branch4;

    public Inception(int inChannels, int ones, int reduced3, int threes, int reduced5, int fives, int pooled)
        : base(nameof(Inception))
    {
        branch1 = new BasicConv2d(inChannels, ones, 1);
        branch2 = nn.Sequential(new BasicConv2d(inChannels, reduced3, 1), new BasicConv2d(reduced3, threes, 3));
        branch3 = nn.Sequential(new BasicConv2d(inChannels, reduced5, 1), new BasicConv2d(reduced5, fives, 3));
        branch4 = nn.Sequential(
            nn.MaxPool2d(3, stride: 1, padding: 1, ceil_mode: true),
            new BasicConv2d(inChannels, pooled, 1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => cat([branch1.call(x), branch2.call(x), branch3.call(x), branch4.call(x)], 1);
}

internal sealed class GoogLeNet : nn.Module<Tensor, Tensor>
{
    private readonly BasicConv2d conv1, conv2, conv3;
    private readonly MaxPool2d maxpool1, maxpool2, maxpool3, maxpool4;
    private readonly Inception inception3a, inception3b;
    private readonly Inception inception4a, inception4b, inception4c, inception4d, inception4e;
    private readonly Inception inception5a, inception5b;
    private readonly Dropout dropout;
    private readonly Linear fc;

    public GoogLeNet(int classes = 1000, double dropout = 0.2)
        : base(nameof(GoogLeNet))
    {
        conv1 = new BasicConv2d(3, 64, 7, stride: 2);
        maxpool1 = nn.MaxPool2d(3, stride: 2, ceil_mode: true);
        conv2 = new BasicConv2d(64, 64, 1);
        conv3 = new BasicConv2d(64, 192, 3);
        maxpool2 = nn.MaxPool2d(3, stride: 2, ceil_mode: true);
        inception3a = new Inception(192, 64, 96, 128, 16, 32, 32);
        inception3b = new Inception(256, 128, 128, 192, 32, 96, 64);
        maxpool3 = nn.MaxPool2d(3, stride: 2, ceil_mode: true);
        inception4a = new Inception(480, 192, 96, 208, 16, 48, 64);
        inception4b = new Inception(512, 160, 112, 224, 24, 64, 64);
        inception4c = new Inception(512, 128, 128, 256, 24, 64, 64);
        inception4d = new Inception(512, 112, 144, 288, 32, 64, 64);
        inception4e = new Inception(528, 256, 160, 320, 32, 128, 128);
        maxpool4 = nn.MaxPool2d(2, stride: 2, ceil_mode: true);
        inception5a = new Inception(832, 256, 160, 320, 32, 128, 128);
        inception5b = new Inception(832, 384, 192, 384, 48, 128, 128);
        this.dropout = nn.Dropout(dropout);
        fc = nn.Linear(1024, classes);
        RegisterComponents();
        foreach (var (_, parameter) in named_parameters())
        {
            if (parameter.dim() is 2 or 4)
                nn.init.normal_(parameter, 0, 0.01);
        }
    }

    public override Tensor forward(Tensor x)
    {
        x = maxpool1.call(conv1.call(x));
        x = maxpool2.call(conv3.call(conv2.call(x)));
        x = maxpool3.call(inception3b.call(inception3a.call(x)));
        x = inception4c.call(inception4b.call(inception4a.call(x)));
        x = maxpool4.call(inception4e.call(inception4d.call(x)));
        x = inception5b.call(inception5a.call(x));
        return fc.call(dropout.call(x.mean([2, 3])));
    }
}

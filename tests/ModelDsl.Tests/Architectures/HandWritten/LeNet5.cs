using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class LeNet5 : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1, conv2;
    private readonly AvgPool2d pool;
    private readonly Linear fc1, fc2, fc3;

    public LeNet5(int classes = 10)
        : base(nameof(LeNet5))
    {
        conv1 = nn.Conv2d(1, 6, 5);
        conv2 = nn.Conv2d(6, 16, 5);
        pool = nn.AvgPool2d(2);
        fc1 = nn.Linear(16 * 5 * 5, 120);
        fc2 = nn.Linear(120, 84);
        fc3 = nn.Linear(84, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = pool.call(conv1.call(x).tanh());
        x = pool.call(conv2.call(x).tanh());
        x = fc1.call(x.flatten(1)).tanh();
        x = fc2.call(x).tanh();
        return fc3.call(x);
    }
}

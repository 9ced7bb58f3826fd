using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Uses the input again behind the <c>forward</c> that it derives from.</summary>
public sealed class OverriddenUnit(int channels) : Unit(channels)
{
    public override Tensor forward(Tensor x) => base.forward(x) + x;
}

using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.Lifetimes;

/// <summary>Uses a stage's input again behind the stage.</summary>
public sealed class OverriddenStage() : OpenChain(width: 4)
{
    protected override Tensor Body(Tensor x) => base.Body(x) + x;
}

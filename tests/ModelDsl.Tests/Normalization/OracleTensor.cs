using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>A float64 tensor of an oracle file, row-major.</summary>
public sealed record OracleTensor(long[] Shape, double[] Data)
{
    public Tensor ToTensor(bool requiresGrad = false) => tensor(Data, Shape).requires_grad_(requiresGrad);
}

using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>A layer with running statistics.</summary>
[Model, BatchNorm]
public partial class BatchStage(int inChannels, int channels)
{
    [Conv2d(nameof(channels), 3), Norm, ReLU]
    public override partial Tensor forward([Shape("N, inChannels, H, W")] Tensor x);
}

using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>Everything that has state: running statistics, dropout, a norm that records gradient noise.</summary>
[Model, GroupNorm(Groups = 2), TrackGradientNoise]
public partial class Sketcher(int width = 4)
{
    [Block<BatchStage>("channels: width"), Dropout(0.25)]
    private partial Tensor Stem([Shape("N, 1, 6, 6")] Tensor images);

    [Conv2d(nameof(width), 3), Norm, ReLU, Dropout(0.25)]
    private partial Tensor Body(Tensor x);

    [GlobalAvgPool, Linear(2)]
    private partial Tensor Head(Tensor x);
}

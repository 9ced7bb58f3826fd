using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>Stages that hand an alias of their input on, into stages that change what they get where they may.</summary>
[Model]
public partial class AliasBetweenStages
{
    [Flatten]
    private partial Tensor First([Shape("N, 2, 2")] Tensor x);

    [Dropout(0.5)]
    private partial Tensor Second(Tensor x);

    [ReLU, Shortcut]
    private partial Tensor Third(Tensor x);
}

using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

[Model]
public partial class ReluFirst
{
    [ReLU, ReLU]
    public override partial Tensor forward([Shape("N, C")] Tensor x);
}

[Model]
public partial class FlattenReluLinear
{
    [Flatten, ReLU, Linear(3)]
    public override partial Tensor forward([Shape("N, 2, 4")] Tensor x);
}

[Model]
public partial class DropoutFlattenRelu
{
    [Dropout(0.5), Flatten, ReLU]
    public override partial Tensor forward([Shape("N, 2, 4")] Tensor x);
}

[Model]
public partial class DropoutShortcutRelu
{
    [Dropout(0.5), Shortcut, ReLU]
    public override partial Tensor forward([Shape("N, 4")] Tensor x);
}

[Model]
public partial class LinearReluShortcut
{
    [Linear(4), ReLU, Shortcut, ReLU]
    public override partial Tensor forward([Shape("N, 4")] Tensor x);
}

[Model]
public partial class LinearReluDropoutShortcut
{
    [Linear(4), ReLU, Dropout(0.5), Shortcut]
    public override partial Tensor forward([Shape("N, 4")] Tensor x);
}

[Model]
public partial class LinearGeluReluLinear
{
    [Linear(6), GELU, ReLU, Linear(4), ReLU, ReLU, Shortcut, Shortcut]
    public override partial Tensor forward([Shape("N, 4")] Tensor x);
}

[Model]
public partial class ConvFlattenRelu
{
    [Conv2d(2, 3), Flatten, ReLU, Dropout(0.5), ReLU, Linear(3)]
    public override partial Tensor forward([Shape("N, 1, 4, 4")] Tensor x);
}

[Model]
public partial class PoolReluShortcut
{
    [Conv2d(2, 3), MaxPool2d(2), ReLU, Conv2d(2, 1), ReLU, Shortcut, Norm]
    public override partial Tensor forward([Shape("N, 1, 4, 4")] Tensor x);
}

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

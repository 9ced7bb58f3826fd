using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelDsl.Generators.Tests.Normalizations;

/// <summary>A place for a normalization, as it is declared and as hand-written modules have it under each variant.</summary>
/// <param name="Name">The name of the models' types.</param>
/// <param name="Layers">The attributes, with <c>{0}</c> for the slot.</param>
/// <param name="Hand">The module that is expected.</param>
internal sealed record Position(string Name, string Layers, Func<Variant, HandNet> Hand)
{
    public const long Rows = 6;

    public const long Columns = 4;

    /// <summary>The channels of a slot behind a stride of 2.</summary>
    public const long Projected = 6;

    private static readonly Activation ReLU = Activation.ReLU();

    public static readonly IReadOnlyList<Position> All =
    [
        new("ConvNormReLU", "Conv2d(4, 3), {0}, ReLU", variant =>
        {
            var net = new HandNet();
            var conv = net.Conv("conv", variant, 4, 4, activation: ReLU);
            var norm = net.Norm("norm", variant, thresholded: true);
            return net.Runs(x => norm.Then(Scaled(variant), conv.call(x)));
        }),
        new("ConvNormSiLU", "Conv2d(4, 3), {0}, SiLU", variant =>
        {
            var net = new HandNet();
            var conv = net.Conv("conv", variant, 4, 4, activation: Activation.SiLU());
            var norm = net.Norm("norm", variant, thresholded: false);
            return net.Runs(x => variant.Column == Column.EvoNorm ? norm.Layer!.call(conv.call(x)) : norm.Only(conv.call(x)).silu());
        }),
        new("ConvNormShortcutReLU", "Conv2d(4, 3), {0}, Shortcut, ReLU", variant =>
        {
            var net = new HandNet();
            var conv = net.Conv("conv", variant, 4, 4, activation: ReLU);
            var norm = net.Norm("norm", variant, thresholded: true);
            return net.Runs(x => norm.Then(Scaled(variant), conv.call(x), x));
        }),
        new("NormReLUConv", "{0}, ReLU, Conv2d(4, 3)", variant =>
        {
            var net = new HandNet();
            var norm = net.Norm("norm", variant, thresholded: true);
            var conv = net.Conv("conv", variant, 4, 4, activation: ReLU, bias: true);
            return net.Runs(x => conv.call(norm.Then(Scaled(variant), x)));
        }),
        new("ConvNormShortcut", "Conv2d(4, 3), {0}, Shortcut", variant =>
        {
            var net = new HandNet();
            var conv = net.Conv("conv", variant, 4, 4, activation: null);
            var norm = net.Norm("norm", variant, thresholded: false);
            return net.Runs(x => norm.Only(conv.call(x)) + x);
        }) { HasActivation = false },
        new("ConvNormPool", "Conv2d(4, 3), {0}, MaxPool2d(2)", variant =>
        {
            var net = new HandNet();
            var conv = net.Conv("conv", variant, 4, 4, activation: null);
            var norm = net.Norm("norm", variant, thresholded: true);
            return net.Runs(x => functional.max_pool2d(norm.Only(conv.call(x)), [2, 2]));
        }) { HasActivation = false },
        new("NormReLUPoolLinear", "{0}, ReLU, GlobalAvgPool, Linear(3)", variant =>
        {
            var net = new HandNet();
            var norm = net.Norm("norm", variant, thresholded: true);
            var linear = net.Linear("linear", variant, 4, 3, activation: ReLU);
            return net.Runs(x => linear.call(norm.Then(Scaled(variant), x).mean([2, 3])));
        }),
        new("Projected", "Conv2d(6, 3, Stride = 2), {0}, Shortcut, ReLU", variant =>
        {
            var net = new HandNet();
            var conv = net.Conv("conv", variant, 4, Projected, stride: 2, activation: ReLU);
            var norm = net.Norm("norm", variant, thresholded: true, channels: Projected);
            var shortcut = net.Projection("shortcut", variant, 4, Projected, stride: 2);
            return net.Runs(x => norm.Then(Scaled(variant), conv.call(x), shortcut.call(x)));
        }) { HasProjection = true },
        new("Apart", "Conv2d(4, 3), {0}, Label(\"a\"), ReLU, Shortcut(From = \"a\")", variant =>
        {
            var net = new HandNet();
            var conv = net.Conv("conv", variant, 4, 4, activation: ReLU);
            var norm = net.Norm("norm", variant, thresholded: false);
            var threshold = variant.Column == Column.FilterResponse ? net.Threshold("relu", 4) : null;
            return net.Runs(x => Apart(variant, norm, threshold, conv.call(x)));
        }),
    ];

    /// <summary>Whether an activation belongs to the slot.</summary>
    public bool HasActivation { get; init; } = true;

    /// <summary>Whether the stage has a projection, which takes the class's variant and not the slot's.</summary>
    public bool HasProjection { get; init; }

    public override string ToString() => Name;

    private static Func<Tensor, Tensor> Scaled(Variant variant) =>
        variant.Column == Column.Weight ? Activation.ScaledReLU().Apply : static x => x.relu();

    private static Tensor Apart(Variant variant, HandNorm norm, Module<Tensor, Tensor>? threshold, Tensor x)
    {
        if (variant.Column == Column.EvoNorm)
            return norm.Layer!.call(x) + x;
        var normalized = norm.Only(x);
        return (threshold is null ? Scaled(variant)(normalized) : threshold.call(normalized)) + normalized;
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Weight layers of every kind and option, with 6 output channels, and an input for each.</summary>
internal static class WeightCases
{
    private static readonly Dictionary<string, (Func<nn.Module<Tensor, Tensor>> Build, long[] Input)> All = new()
    {
        ["linear"] = (() => nn.Linear(4, 6), [5, 4]),
        ["linear without bias"] = (() => nn.Linear(4, 6, hasBias: false), [5, 4]),
        ["conv1d"] = (() => nn.Conv1d(4, 6, 3, stride: 2, padding: 1), [3, 4, 9]),
        ["conv1d reflect"] = (() => nn.Conv1d(4, 6, 3, padding: 1, padding_mode: PaddingModes.Reflect, bias: false), [3, 4, 9]),
        ["conv2d"] = (() => nn.Conv2d(4, 6, 3, padding: 1), [2, 4, 6, 5]),
        ["conv2d without bias"] = (() => nn.Conv2d(4, 6, 3, bias: false), [2, 4, 6, 5]),
        ["conv2d groups"] = (() => nn.Conv2d(4, 6, 3, groups: 2, bias: false), [2, 4, 6, 5]),
        ["conv2d dilation"] = (() => nn.Conv2d(4, 6, 3, dilation: 2), [2, 4, 6, 5]),
        ["conv2d replicate"] = (() => nn.Conv2d(4, 6, 3, padding: 1, padding_mode: PaddingModes.Replicate), [2, 4, 6, 5]),
        ["conv2d circular"] = (() => nn.Conv2d(4, 6, 3, padding: 1, padding_mode: PaddingModes.Circular), [2, 4, 6, 5]),
        ["conv2d same"] = (() => nn.Conv2d(4, 6, 4, Padding.Same), [2, 4, 6, 5]),
        ["conv3d"] = (() => nn.Conv3d(4, 6, 2, groups: 2), [2, 4, 3, 4, 3]),
        ["transposed 1d"] = (() => nn.ConvTranspose1d(4, 6, 3, stride: 2, bias: false), [3, 4, 5]),
        ["transposed 2d"] = (() => nn.ConvTranspose2d(4, 6, 3, stride: 2, padding: 1, output_padding: 1), [2, 4, 4, 3]),
        ["transposed 2d groups"] = (() => nn.ConvTranspose2d(4, 6, 3, groups: 2, bias: false), [2, 4, 4, 3]),
        ["transposed 3d"] = (() => nn.ConvTranspose3d(4, 6, 2, groups: 2), [2, 4, 3, 2, 2]),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static (nn.Module<Tensor, Tensor> Layer, long[] Input) Build(string name) => (All[name].Build(), All[name].Input);

    /// <summary>BatchNorm of TorchSharp for the outputs of a case.</summary>
    public static nn.Module<Tensor, Tensor> BatchNorm(long[] input, bool affine = true) => input.Length switch
    {
        4 => nn.BatchNorm2d(6, eps: 1e-3, affine: affine),
        5 => nn.BatchNorm3d(6, eps: 1e-3, affine: affine),
        _ => nn.BatchNorm1d(6, eps: 1e-3, affine: affine),
    };
}

using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>The block of Liu et al. (2022).</summary>
[Model, Initialization(Init.TruncatedNormal, Deviation = 0.02, Bias = Init.Zeros)]
public partial class ConvNeXtBlock(int channels, double layerScale, double dropPath)
{
    [Call(nameof(Body)), LayerScale(nameof(layerScale), Name = "layer_scale"), StochasticDepth(nameof(dropPath)), Shortcut]
    public override partial Tensor forward([Shape("N, channels, H, W")] Tensor x);

    [Stage(Name = "block", Numbered = true)]
    [DepthwiseConv2d(7), Rearrange("n c h w -> n h w c"), LayerNorm(Epsilon = 1e-6),
     Linear($"4 * {nameof(channels)}"), GELU, Linear(nameof(channels)), Rearrange("n h w c -> n c h w")]
    private partial Tensor Body(Tensor x);
}

/// <summary>ConvNeXt: the tiny one for depths 3, 3, 9, 3 and widths 96, 192, 384, 768.</summary>
[Model, Initialization(Init.TruncatedNormal, Deviation = 0.02, Bias = Init.Zeros)]
public partial class ConvNeXt(int[] depths, int[] widths, int classes = 1000, double dropPath = 0.1, double layerScale = 1e-6)
{
    private int Blocks => depths[0] + depths[1] + depths[2] + depths[3];

    [Stage(Name = "features.0")]
    [Conv2d("widths[0]", 4, Stride = 4, Name = "0"),
     Rearrange("n c h w -> n h w c"), LayerNorm(Epsilon = 1e-6, Name = "1"), Rearrange("n h w c -> n c h w")]
    private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

    [Block<ConvNeXtBlock>("layerScale: layerScale, dropPath: dropPath * index / (Blocks - 1)",
        Repeat = "depths[0]", Name = "features.1.{index}")]
    private partial Tensor Stage1(Tensor x);

    [Stage(Name = "features.2")]
    [Rearrange("n c h w -> n h w c"), LayerNorm(Epsilon = 1e-6, Name = "0"), Rearrange("n h w c -> n c h w"),
     Conv2d("widths[1]", 2, Stride = 2, Name = "1")]
    private partial Tensor Down2(Tensor x);

    [Block<ConvNeXtBlock>("layerScale: layerScale, dropPath: dropPath * (depths[0] + index) / (Blocks - 1)",
        Repeat = "depths[1]", Name = "features.3.{index}")]
    private partial Tensor Stage2(Tensor x);

    [Stage(Name = "features.4")]
    [Rearrange("n c h w -> n h w c"), LayerNorm(Epsilon = 1e-6, Name = "0"), Rearrange("n h w c -> n c h w"),
     Conv2d("widths[2]", 2, Stride = 2, Name = "1")]
    private partial Tensor Down3(Tensor x);

    [Block<ConvNeXtBlock>("layerScale: layerScale, dropPath: dropPath * (depths[0] + depths[1] + index) / (Blocks - 1)",
        Repeat = "depths[2]", Name = "features.5.{index}")]
    private partial Tensor Stage3(Tensor x);

    [Stage(Name = "features.6")]
    [Rearrange("n c h w -> n h w c"), LayerNorm(Epsilon = 1e-6, Name = "0"), Rearrange("n h w c -> n c h w"),
     Conv2d("widths[3]", 2, Stride = 2, Name = "1")]
    private partial Tensor Down4(Tensor x);

    [Block<ConvNeXtBlock>("layerScale: layerScale, dropPath: dropPath * (Blocks - depths[3] + index) / (Blocks - 1)",
        Repeat = "depths[3]", Name = "features.7.{index}")]
    private partial Tensor Stage4(Tensor x);

    [Stage(Name = "classifier")]
    [GlobalAvgPool, LayerNorm(Epsilon = 1e-6, Name = "0"), Linear(nameof(classes), Name = "2")]
    private partial Tensor Classify(Tensor x);
}

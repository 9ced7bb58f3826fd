using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>The encoder of Dosovitskiy et al. (2021), as torchvision names it.</summary>
[Model, LayerNorm(Epsilon = 1e-6)]
public partial class EncoderLayer(int width, int heads, int hidden, double dropout)
{
    [Norm(Name = "ln_1"), SelfAttention(nameof(heads), Name = "self_attention"), Dropout(nameof(dropout)), Shortcut]
    private partial Tensor Attend([Shape("N, T, width")] Tensor x);

    [Norm(Name = "ln_2"), Linear(nameof(hidden), Name = "mlp.0"), GELU, Dropout(nameof(dropout)),
     Linear(nameof(width), Name = "mlp.3"), Dropout(nameof(dropout)), Shortcut]
    private partial Tensor Mix(Tensor x);
}

/// <summary>A vision transformer with a class token.</summary>
[Model, LayerNorm(Epsilon = 1e-6)]
public partial class VisionTransformer(
    int image, int patch, int depth, int heads, int width, int hidden, int classes = 1000, double dropout = 0)
{
    [Parameter("1, 1, width", Initialization = Init.Zeros)]
    private partial Parameter ClassToken { get; }

    [Conv2d(nameof(width), nameof(patch), Stride = nameof(patch), Padding = 0, Name = "conv_proj"),
     Rearrange("n c h w -> n (h w) c")]
    private partial Tensor Embed([Shape("N, 3, image, image")] Tensor images);

    [Parameter("1, (image / patch) * (image / patch) + 1, width",
        Name = "encoder.pos_embedding", Initialization = Init.Normal, Deviation = 0.02)]
    private partial Parameter Positions { get; }

    [Dropout(nameof(dropout)),
     Block<EncoderLayer>("heads: heads, hidden: hidden, dropout: dropout",
        Repeat = nameof(depth), Name = "encoder.layers.encoder_layer_{index}"),
     Norm(Name = "encoder.ln")]
    private partial Tensor Encode([Shape("N, T, width")] Tensor x);

    [Linear(nameof(classes), Name = "heads.head")]
    private partial Tensor Head(Tensor x);

    public override Tensor forward(Tensor images)
    {
        var x = Embed(images);
        x = cat([ClassToken.expand(x.shape[0], -1, -1), x], 1) + Positions;
        return Head(Encode(x)[TensorIndex.Colon, 0]);
    }
}

using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.Declared;

/// <summary>The block of Tolstikhin et al. (2021): mixes tokens, then channels.</summary>
[Model, LayerNorm(Epsilon = 1e-6)]
public partial class MixerBlock(int tokens, int width)
{
    [Norm(Name = "norm1"), Rearrange("n t c -> n c t", ChannelAxis = -1),
     Linear($"{nameof(width)} / 2", Name = "mlp_tokens.fc1"), GELU, Linear(nameof(tokens), Name = "mlp_tokens.fc2"),
     Rearrange("n c t -> n t c", ChannelAxis = -1), Shortcut]
    private partial Tensor MixTokens([Shape("N, tokens, width")] Tensor x);

    [Norm(Name = "norm2"),
     Linear($"4 * {nameof(width)}", Name = "mlp_channels.fc1"), GELU, Linear(nameof(width), Name = "mlp_channels.fc2"), Shortcut]
    private partial Tensor MixChannels(Tensor x);
}

/// <summary>Mixer-S/16 unless said.</summary>
[Model, LayerNorm(Epsilon = 1e-6)]
public partial class MlpMixer(int image = 224, int patch = 16, int width = 512, int depth = 8, int classes = 1000)
{
    [Conv2d(nameof(width), nameof(patch), Stride = nameof(patch), Padding = 0, Name = "stem.proj"),
     Rearrange("n c h w -> n (h w) c")]
    private partial Tensor Stem([Shape("N, 3, image, image")] Tensor images);

    [Block<MixerBlock>("tokens: (image / patch) * (image / patch)", Repeat = nameof(depth))]
    private partial Tensor Blocks(Tensor x);

    [Norm(Name = "norm"), GlobalAvgPool, Linear(nameof(classes), Name = "head")]
    private partial Tensor Head(Tensor x);
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class PatchEmbed : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d proj;

    public PatchEmbed(int width, int patch)
        : base(nameof(PatchEmbed))
    {
        proj = nn.Conv2d(3, width, patch, stride: patch);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => proj.call(x).flatten(2).transpose(1, 2);
}

internal sealed class Mlp : nn.Module<Tensor, Tensor>
{
    private readonly Linear fc1, fc2;

    public Mlp(int width, int hidden)
        : base(nameof(Mlp))
    {
        fc1 = nn.Linear(width, hidden);
        fc2 = nn.Linear(hidden, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => fc2.call(nn.functional.gelu(fc1.call(x)));
}

internal sealed class MixerBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1, norm2;
    private readonly Mlp mlp_tokens, mlp_channels;

    public MixerBlock(int width, int tokens)
        : base(nameof(MixerBlock))
    {
        norm1 = nn.LayerNorm(width, eps: 1e-6);
        mlp_tokens = new Mlp(tokens, width / 2);
        norm2 = nn.LayerNorm(width, eps: 1e-6);
        mlp_channels = new Mlp(width, 4 * width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = x + mlp_tokens.call(norm1.call(x).transpose(1, 2)).transpose(1, 2);
        return x + mlp_channels.call(norm2.call(x));
    }
}

internal sealed class MlpMixer : nn.Module<Tensor, Tensor>
{
    private readonly PatchEmbed stem;
    private readonly Sequential blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public MlpMixer(int image = 224, int patch = 16, int width = 512, int depth = 8, int classes = 1000)
        : base(nameof(MlpMixer))
    {
        var tokens = (image / patch) * (image / patch);
        stem = new PatchEmbed(width, patch);
        blocks = nn.Sequential(Enumerable.Range(0, depth).Select(_ => new MixerBlock(width, tokens)));
        norm = nn.LayerNorm(width, eps: 1e-6);
        head = nn.Linear(width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = norm.call(blocks.call(stem.call(x)));
        return head.call(x.mean([1]));
    }
}

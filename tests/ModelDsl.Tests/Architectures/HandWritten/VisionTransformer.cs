using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures.HandWritten;

internal sealed class EncoderLayer : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm ln_1, ln_2;
    private readonly MultiheadAttention self_attention;
    private readonly Dropout dropout;
    private readonly Sequential mlp;

    public EncoderLayer(int width, int heads, int hidden, double dropout)
        : base(nameof(EncoderLayer))
    {
        ln_1 = nn.LayerNorm(width, eps: 1e-6);
        self_attention = nn.MultiheadAttention(width, heads);
        this.dropout = nn.Dropout(dropout);
        ln_2 = nn.LayerNorm(width, eps: 1e-6);
        mlp = nn.Sequential(
            nn.Linear(width, hidden),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, width),
            nn.Dropout(dropout));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var y = ln_1.call(x).transpose(0, 1);
        (y, _) = self_attention.call(y, y, y, null, false, null);
        x = x + dropout.call(y.transpose(0, 1));
        return x + mlp.call(ln_2.call(x));
    }
}

internal sealed class Encoder : nn.Module<Tensor, Tensor>
{
    private readonly Parameter pos_embedding;
    private readonly Dropout dropout;
    private readonly Sequential layers;
    private readonly LayerNorm ln;

    public Encoder(int tokens, int depth, int width, int heads, int hidden, double dropout)
        : base(nameof(Encoder))
    {
        pos_embedding = new Parameter(empty(1, tokens, width).normal_(0, 0.02));
        this.dropout = nn.Dropout(dropout);
        var blocks = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var index = 0; index < depth; index++)
            blocks.Add(($"encoder_layer_{index}", new EncoderLayer(width, heads, hidden, dropout)));
        layers = nn.Sequential(blocks);
        ln = nn.LayerNorm(width, eps: 1e-6);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => ln.call(layers.call(dropout.call(x + pos_embedding)));
}

internal sealed class Heads : nn.Module<Tensor, Tensor>
{
    private readonly Linear head;

    public Heads(int width, int classes)
        : base(nameof(Heads))
    {
        head = nn.Linear(width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => head.call(x);
}

internal sealed class VisionTransformer : nn.Module<Tensor, Tensor>
{
    private readonly Parameter class_token;
    private readonly Conv2d conv_proj;
    private readonly Encoder encoder;
    private readonly Heads heads;

    public VisionTransformer(
        int image, int patch, int depth, int heads, int width, int hidden, int classes = 1000, double dropout = 0)
        : base(nameof(VisionTransformer))
    {
        var tokens = (image / patch) * (image / patch) + 1;
        class_token = new Parameter(zeros(1, 1, width));
        conv_proj = nn.Conv2d(3, width, patch, stride: patch);
        encoder = new Encoder(tokens, depth, width, heads, hidden, dropout);
        this.heads = new Heads(width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = conv_proj.call(x).flatten(2).transpose(1, 2);
        x = encoder.call(cat([class_token.expand(x.shape[0], -1, -1), x], 1));
        return heads.call(x[TensorIndex.Colon, 0]);
    }
}

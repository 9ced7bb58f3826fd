using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>
/// A hand-written block whose parameter and buffer belong to the scope that they are made in, as TorchSharp has it.
/// </summary>
public sealed class Shift : nn.Module<Tensor, Tensor>
{
    private readonly Parameter offset;
    private readonly Tensor scale;

    public Shift(int channels)
        : base(nameof(Shift))
    {
        offset = nn.Parameter(zeros(channels));
        scale = ones(channels);
        RegisterComponents();
    }

    [return: Shape("N, channels")]
    public override Tensor forward([Shape("N, channels")] Tensor input) => (input * scale).add_(offset);
}

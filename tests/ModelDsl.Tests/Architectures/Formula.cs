using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Architectures;

/// <summary>
/// The weights and inputs of models.json and of Published, which no file need hold: with k the place of an entry in the
/// published state dict, i a flat index and w = sin(1.7 k + 0.61 i), running_var is 1 + w^2 / 2, running_mean w / 10, a
/// one-dimensional weight 1 + w / 10, another one-dimensional tensor w / 10, and anything else w / sqrt(size of one output's
/// slice).
/// </summary>
internal static class Formula
{
    /// <summary>Fills a model by names in their published order; the model's own order doesn't matter.</summary>
    public static void Fill(nn.Module model, IEnumerable<string> names)
    {
        using var grad = no_grad();
        var state = model.state_dict();
        foreach (var (k, name) in names.Index())
        {
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                continue;
            using var scope = NewDisposeScope();
            var target = state[name];
            var wave = arange(target.numel(), float64).mul_(0.61).add_(1.7 * k).sin_().reshape(target.shape);
            target.copy_(Value(name, wave));
        }
    }

    /// <summary>sin(0.13 i), in float64.</summary>
    public static Tensor Input(long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return arange(count, float64).mul_(0.13).sin_().reshape(shape);
    }

    private static Tensor Value(string name, Tensor wave)
    {
        if (name.EndsWith("running_var", StringComparison.Ordinal))
            return wave.square().mul_(0.5).add_(1);
        if (name.EndsWith("running_mean", StringComparison.Ordinal))
            return wave.mul_(0.1);
        if (wave.dim() == 1)
            return name.EndsWith("weight", StringComparison.Ordinal) ? wave.mul_(0.1).add_(1) : wave.mul_(0.1);
        return wave.div_(Math.Sqrt(wave.numel() / wave.shape[0]));
    }
}

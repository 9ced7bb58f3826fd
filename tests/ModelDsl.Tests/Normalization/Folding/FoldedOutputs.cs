using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Normalizing;

/// <summary>Compares a module with itself before folding, with a state in which nothing is trivially equal.</summary>
internal static class FoldedOutputs
{
    /// <summary>Folds the module in evaluation mode; outputs stay the same, relative to the largest.</summary>
    public static FoldingReport AssertKept(nn.Module<Tensor, Tensor> module, long[] shape, ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        module.to(type);
        Perturb(module);
        module.eval();
        var input = Layers.Random(1, shape).to(type);
        var expected = module.call(input).clone();
        var report = Normalization.Fold(module);
        var actual = module.call(input);
        Assert.Equal(expected.shape, actual.shape);
        var scale = Largest(expected);
        var difference = Largest(actual - expected);
        Assert.True(double.IsFinite(scale) && scale > 0, $"outputs up to {scale}");
        Assert.True(difference <= tolerance * scale, $"differs by {difference:g3} of {scale:g3}");
        return report;
    }

    /// <summary>Random weights and statistics, always the same for the same names.</summary>
    public static void Perturb(nn.Module module)
    {
        using var noGradients = no_grad();
        long seed = 10;
        foreach (var (name, value) in module.state_dict())
        {
            if (!is_floating_point(value))
                continue;
            using var scope = NewDisposeScope();
            var random = Layers.Random(seed++, value.shape);
            value.copy_(name.EndsWith("running_var", StringComparison.Ordinal) ? random.abs() + 0.3
                : value.ndim > 1 ? random / Math.Sqrt((double)value.numel() / value.shape[0])
                : random * 0.5 + 0.4);
        }
    }

    private static double Largest(Tensor tensor) => tensor.abs().max().to(ScalarType.Float64).item<double>();
}

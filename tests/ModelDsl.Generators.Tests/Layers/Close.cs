using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Layers;

/// <summary>Comparisons of numbers and of gradients.</summary>
internal static class Close
{
    public static void Equal(Tensor expected, Tensor found, double tolerance = 1e-10)
    {
        Assert.Equal(expected.shape, found.shape);
        var (e, f) = (expected.detach().to(float64), found.detach().to(float64));
        Assert.True(f.allclose(e, tolerance, tolerance), $"expected {e.ToString(TorchSharp.TensorStringStyle.Julia)}\nfound {f.ToString(TorchSharp.TensorStringStyle.Julia)}");
    }

    /// <summary>The gradients of the sum of output times direction; by <c>backward</c>, whose exceptions can be caught.</summary>
    public static IReadOnlyList<Tensor> Gradients(Tensor output, Tensor direction, IEnumerable<Tensor> leaves)
    {
        var inputs = leaves.ToList();
        inputs.ForEach(input => input.grad?.zero_());
        (output * direction).sum().backward();
        return inputs.ConvertAll(input => input.grad!.clone());
    }

    /// <summary>Demands the gradients that central differences of a function of float64 leaves give.</summary>
    public static void HasTheGradientsOfDifferences(Func<Tensor> function, params Tensor[] leaves)
    {
        const double step = 1e-6;
        using var output = function();
        var direction = rand_like(output).detach();
        var found = Gradients(output, direction, leaves);
        using var noGradients = no_grad();
        double Value() => (function() * direction).sum().item<double>();
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            var flat = leaves[leaf].view(-1);
            var differences = new double[flat.numel()];
            for (var index = 0; index < differences.Length; index++)
            {
                using var element = flat[index];
                var value = element.item<double>();
                element.fill_(value + step);
                var above = Value();
                element.fill_(value - step);
                differences[index] = (above - Value()) / (2 * step);
                element.fill_(value);
            }
            Equal(tensor(differences).view(leaves[leaf].shape), found[leaf], 1e-6);
        }
    }
}

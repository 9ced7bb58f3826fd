using TorchSharp;
using static TorchSharp.torch;

namespace ModelApp._1.Tests;

public sealed class BarNetTests
{
    [Fact]
    public void Gives_a_logit_for_each_direction()
    {
        using var model = new BarNet();
        var (images, _) = BarImages.Draw(3, seed: 1);

        using var logits = model.call(images);

        Assert.Equal([3, BarImages.Directions], logits.shape);
    }

    [Fact]
    public void Sam_on_perturbs_the_norms_alone()
    {
        using var model = new BarNet();
        using var training = new BarTraining(model);

        Assert.Equal(
            ["features_norm1.weight", "features_norm1.bias", "features_norm2.weight", "features_norm2.bias"],
            training.Perturbed);
    }

    [Fact]
    public void Learns_the_directions()
    {
        random.manual_seed(1);
        using var model = new BarNet();
        using var training = new BarTraining(model);
        for (var step = 1; step <= 60; step++)
        {
            using var scope = NewDisposeScope();
            var (images, labels) = BarImages.Draw(32, seed: step);
            training.Step(images, labels);
        }

        var (newImages, newLabels) = BarImages.Draw(200, seed: 0);

        Assert.InRange(training.Accuracy(newImages, newLabels), 0.8, 1);
    }
}

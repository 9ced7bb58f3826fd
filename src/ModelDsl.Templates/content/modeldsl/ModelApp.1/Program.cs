using ModelApp._1;
using ModelDsl;
using static TorchSharp.torch;

const int Steps = 100;
const int BatchSize = 32;

random.manual_seed(1);
using var model = new BarNet();
using var training = new BarTraining(model);
Console.WriteLine(model.Summary());
for (var step = 1; step <= Steps; step++)
{
    using var scope = NewDisposeScope();
    var (images, labels) = BarImages.Draw(BatchSize, seed: step);
    var loss = training.Step(images, labels);
    if (step % 10 == 0)
        Console.WriteLine($"step {step,3}: loss {loss:F3}, gradient noise scale {training.NoiseScale:F0}");
}

var (testImages, testLabels) = BarImages.Draw(500, seed: 0);
Console.WriteLine($"accuracy on new images: {training.Accuracy(testImages, testLabels):P1}");
ModelWeights.Save(model, "model.safetensors");
Console.WriteLine("saved model.safetensors");

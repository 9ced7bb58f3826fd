using System.Globalization;
using ModelDsl.Training;
using Runs;
using TorchSharp;
using static TorchSharp.torch;

// y = a . (gain * n + shift) with n the normalized row (1, 2, 3, 4), a = (1, 0, 0, 0) and no bias.
using var model = new Net(4);
using var row = tensor(new float[] { 1, 2, 3, 4 }, [1, 4]);
var parameters = model.named_parameters().ToDictionary(named => named.name, named => named.parameter);
using (no_grad())
{
    parameters["linear.weight"].zero_();
    parameters["linear.weight"][0, 0] = 1;
    parameters["linear.bias"].zero_();
}
Print("output", model.call(row).ToDouble());

using var sgd = optim.SGD(model.parameters(), learningRate: 0.1);
var sam = new SharpnessAwareMinimizer(model, sgd, rho: 0.5, PerturbationScope.NormalizationOnly);
sam.Step(() =>
{
    var loss = model.call(row).sum();
    loss.backward();
    return loss;
});
Print("gain", parameters["norm.weight"][0].ToDouble());
Print("shift", parameters["norm.bias"][0].ToDouble());
Print("weight", parameters["linear.weight"][0, 0].ToDouble());
Print("bias", parameters["linear.bias"][0].ToDouble());

static void Print(string name, double value) => Console.WriteLine($"{name} {value.ToString("R", CultureInfo.InvariantCulture)}");

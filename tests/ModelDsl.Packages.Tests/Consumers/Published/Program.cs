using System.Globalization;
using System.Runtime.CompilerServices;
using ModelDsl.Training;
using Published;
using TorchSharp;
using static TorchSharp.torch;

Console.WriteLine($"compiled {(RuntimeFeature.IsDynamicCodeSupported ? "while it runs" : "ahead of time")}");
random.manual_seed(1);
using var model = new Net();
using var images = randn(8, 3, 32, 32);
using var labels = arange(8, ScalarType.Int64);
using var adam = optim.Adam(model.parameters(), 1e-2);
var sam = new SharpnessAwareMinimizer(model, adam, rho: 0.1, PerturbationScope.NormalizationOnly);
var noise = new GradientNoiseMeter(model);
for (var step = 0; step < 3; step++)
{
    sam.Step(() =>
    {
        var loss = nn.functional.cross_entropy(model.call(images), labels);
        loss.backward();
        Print($"loss {step}", loss.ToDouble());
        noise.Observe(8);
        return loss;
    });
}
foreach (var observation in noise.Course)
    Print($"example gradients {observation.Step}", observation.MeanPerExampleSquaredNorm);
Print("parameters", model.parameters().Sum(parameter => parameter.norm().ToDouble()));
SaveAndLoad();
Console.WriteLine($"resumed to the same: {Trainee.ResumesToTheSame(Path.Combine(AppContext.BaseDirectory, "trainings"))}");
CompareKernels();

void SaveAndLoad()
{
    var path = Path.Combine(AppContext.BaseDirectory, "model.dat");
    model.save(path);
    random.manual_seed(2);
    using var loaded = new Net();
    Print("difference before load", Difference(loaded.call(images)));
    loaded.load(path);
    Print("difference after load", Difference(loaded.call(images)));
    using var moved = new Net();
    moved.load(path);
    moved.to(ScalarType.Float64);
    using var doubles = images.to(ScalarType.Float64);
    Console.WriteLine($"float64 agrees: {Difference(moved.call(doubles)) < 1e-4}");
}

// The kernels are internal: the trimmer sees these constant names and keeps what they name.
void CompareKernels()
{
    var team = Type.GetType("ModelDsl.Kernels.OpenMPTeam, ModelDsl")!;
    var kernels = Type.GetType("ModelDsl.Kernels.FusedKernels, ModelDsl")!;
    Console.WriteLine($"libtorch's threads found: {team.GetProperty("IsAvailable")!.GetValue(null)}");
    using var fused = GradientOfImages();
    kernels.GetProperty("IsEnabled")!.SetValue(null, false);
    using var composed = GradientOfImages();
    var difference = (fused - composed).abs().max().ToDouble() / composed.abs().max().ToDouble();
    Console.WriteLine($"kernels agree with libtorch: {difference < 1e-4}");
    // Sums in another order are never the same in all of 24,576 values: without kernels this would be 0.
    Console.WriteLine($"kernels ran: {difference > 0}");
}

Tensor GradientOfImages()
{
    using var input = images.clone().requires_grad_();
    nn.functional.cross_entropy(model.call(input), labels).backward();
    return input.grad!;
}

double Difference(Tensor output) => (output.to(ScalarType.Float32) - model.call(images)).abs().max().ToDouble();

static void Print(string name, double value) =>
    Console.WriteLine($"{name}: {value.ToString("G9", CultureInfo.InvariantCulture)}");

using System.Globalization;
using ModelDsl;
using ModelDsl.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionResNet;

/// <summary>One training from the options to the files that it leaves.</summary>
internal sealed class FashionTraining(SampleOptions options, TrainingCheckpoint? checkpoint)
{
    private const int Interrupted = 130;
    private const double WeightDecay = 5e-4;

    private readonly DateTime _start = DateTime.UtcNow;
    private readonly string _weights = Path.Combine(options.Output, "model.dat");
    private readonly string _picture = Path.Combine(options.Output, "curves.png");

    public int Run()
    {
        var data = FashionData.Load(options.Data, options.Quick);
        checkpoint?.RequireOptions(Remembered(data));
        CreateFolders();
        random.manual_seed(options.Seed);
        using var model = new ResNet(options.Depth, options.Width, FashionData.Classes.Count, options.Normalization);
        Introduce(model, data);

        // BatchNorm mixes the examples of a batch: a gradient of one example alone does not exist there.
        var meter = model.TrackedNormalizations().Count > 0 ? new GradientNoiseMeter(model) : null;
        var result = Train(model, data, meter);
        var noise = CourseOf(meter);
        Show(result, noise);
        Save(result, noise);
        return Conclude(result);
    }

    /// <summary>A folder that can't be written to is said before the training, not after it.</summary>
    private void CreateFolders()
    {
        Directory.CreateDirectory(options.Output);
        if (Path.GetDirectoryName(options.Report) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }

    private TrainingResult Train(ResNet model, FashionData data, GradientNoiseMeter? meter)
    {
        using var interruption = new Interruption();
        using var sgd = CreateDescent(model);
        var classifier = new Classifier(model, FashionData.Classes)
        {
            // A second, perturbed pass of SAM records nothing, so only the first is observed.
            AfterBackward = examples => meter?.Observe(examples),
        };
        var loop = new TrainingLoop<LabeledBatch>
        {
            Model = model,
            Optimizer = sgd,
            Examples = data.Training,
            Step = CreateStep(model, classifier, sgd),
            LearningRate = LearningRates.OneCycle(options.LearningRate),
            Epochs = options.Epochs,
            BatchSize = options.Batch,
            Seed = options.Seed,
            Evaluate = () => classifier.Evaluate(data.Test),
            CheckpointPath = _weights,
            Checkpoints = new(options.Output) { EverySteps = options.SaveEvery, Options = Remembered(data) },
            GradientNoise = meter,
            Display = TrainingDisplay.ForConsole("images"),
        };
        return checkpoint is null ? loop.Run(interruption.Token) : loop.Resume(checkpoint, interruption.Token);
    }

    /// <summary>Other images would make it another training, whatever their folder is called.</summary>
    private Dictionary<string, string> Remembered(FashionData data)
    {
        var remembered = options.Remembered();
        remembered["the checksum of --data"] = $"{data.Training.Checksum()}-{data.Test.Checksum()}";
        return remembered;
    }

    /// <summary>Weight decay spares the norms: their scale is what SAM-ON moves, and shrinking it regularizes nothing.</summary>
    private SGD CreateDescent(ResNet model)
    {
        var norms = model.NormalizationParameters().Select(tag => tag.Parameter).ToArray();
        var names = model.NormalizationParameters().Select(tag => tag.Name).ToHashSet();
        var weights = model.named_parameters().Where(named => !names.Contains(named.name)).Select(named => named.parameter);
        return new SGD(
        [
            new SGD.ParamGroup(weights, options.LearningRate, momentum: 0.9, weight_decay: WeightDecay, nesterov: true),
            new SGD.ParamGroup(norms, options.LearningRate, momentum: 0.9, nesterov: true),
        ], options.LearningRate);
    }

    private TrainingStep<LabeledBatch> CreateStep(ResNet model, Classifier classifier, optim.Optimizer sgd)
    {
        if (options.Optimizer == "sgd")
            return classifier.DescendWith(sgd);
        var scope = options.Optimizer == "sam" ? PerturbationScope.All : PerturbationScope.NormalizationOnly;
        var sam = new SharpnessAwareMinimizer(model, sgd, options.Rho, scope);
        return classifier.StepWith(pass => sam.Step(pass));
    }

    private void Introduce(ResNet model, FashionData data)
    {
        var parameters = model.parameters().Sum(parameter => parameter.numel());
        Print($"ResNet-{options.Depth}, width {options.Width}, {options.Norm} norm: {parameters:N0} parameters");
        Print($"{data.Training.Count:N0} training and {data.Test.Count:N0} test images from {options.Data}");
        Print(
            $"{options.Optimizer}, batches of {options.Batch}, learning rate up to {options.LearningRate}, seed {options.Seed}");
        if (checkpoint is not null)
            Print($"Going on from {checkpoint.FilePath}: {checkpoint.Epochs} epochs and {checkpoint.Steps} steps are done");
    }

    private static void Show(TrainingResult result, IReadOnlyList<NoisePoint> noise)
    {
        if (result.Evaluation is { Confusion: { } confusion } evaluation)
            ShowClasses(evaluation, confusion);
        ShowNoise(noise);
    }

    private void Save(TrainingResult result, IReadOnlyList<NoisePoint> noise)
    {
        var title = $"ResNet-{options.Depth} on Fashion-MNIST, {options.Norm} norm, {options.Optimizer}";
        TrainingPlot.Save(_picture, title, result, noise);
        if (options.Report is { } report)
            TrainingReport.Of("FashionResNet", options.ToJson(), options.Seed, result, noise).Save(report);
    }

    private int Conclude(TrainingResult result)
    {
        var files = TrainingCheckpoints.FilesOf(options.Output).Take(1).Concat([_weights, _picture, options.Report])
            .Where(file => File.Exists(file) && File.GetLastWriteTimeUtc(file) >= _start);
        Print($"{result.Duration.TotalSeconds:F0} s; saved {string.Join(", ", files)}");
        if (result.Outcome == TrainingOutcome.Interrupted)
            Print($"Interrupted after {result.Steps.Count} steps; --resume {options.Output} goes on to the same result.");
        if (result.Outcome == TrainingOutcome.Diverged)
            Console.Error.WriteLine($"The loss is not finite after {result.Steps.Count} steps: try a lower --lr or --rho.");
        return result.Outcome switch
        {
            TrainingOutcome.Finished => 0,
            TrainingOutcome.Interrupted => Interrupted,
            _ => 1,
        };
    }

    private static void ShowClasses(Evaluation evaluation, ConfusionMatrix confusion)
    {
        Print($"\nTest accuracy {100 * evaluation.Accuracy:F2} %\n");
        Print($"{"class",-12} {"precision",9} {"recall",9} {"images",7}");
        foreach (var row in confusion.PerClass())
            Print($"{row.Name,-12} {Percent(row.Precision),9} {Percent(row.Recall),9} {row.Count,7:N0}");
        Print($"");
    }

    private static IReadOnlyList<NoisePoint> CourseOf(GradientNoiseMeter? meter) => meter is null ? [] :
    [
        .. from observation in meter.Course
           where observation.Scale is not null
           select new NoisePoint((int)observation.Step - 1, observation.Scale.GetValueOrDefault()),
    ];

    private static void ShowNoise(IReadOnlyList<NoisePoint> noise)
    {
        if (noise.Count == 0)
            return;
        var shown = Enumerable.Range(0, 6).Select(i => noise[i * (noise.Count - 1) / 5]).Distinct();
        var course = string.Join(", ",
            shown.Select(point => FormattableString.Invariant($"{point.Scale:N0} at step {point.Step + 1}")));
        Print($"Gradient noise scale {noise[^1].Scale:N0} examples; its course: {course}");
    }

    private static string Percent(double? share) =>
        share is { } value ? (100 * value).ToString("F1", CultureInfo.InvariantCulture) + " %" : "-";

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}

using ModelDsl.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Tests.Kernels;

/// <summary>
/// The kernels of normalizations of <c>[N, C, positions...]</c> by groups of channels and by positions, by name.
/// </summary>
internal static class FeatureMapKernels
{
    private const double Epsilon = 1e-5;

    public static IReadOnlyList<string> Names { get; } =
    [
        "GroupNorm", "GroupNorm ReLU", "GroupNorm add", "GroupNorm add ReLU",
        "FilterResponse", "FilterResponse threshold", "FilterResponse add", "FilterResponse add threshold",
        "EvoNormS0", "EvoNormS1", "EvoNormS2", "EvoNormB0", "EvoNormB1", "EvoNormB2", "EvoNormB0 evaluated",
    ];

    /// <summary>A kernel at a shape.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="shape">The batch's.</param>
    /// <param name="groups">The groups of an example, where it has any.</param>
    /// <param name="offset">The mean of the batch.</param>
    /// <param name="deliver">Takes the examples' own gradients.</param>
    public static FormulaCase Case(string name, long[] shape, int groups = 1, double offset = 0.5, Action<IReadOnlyList<Tensor>>? deliver = null)
    {
        var input = FormulaCase.Random(shape, 1, 2, offset).requires_grad_();
        var addend = name.Contains("add", StringComparison.Ordinal) ? FormulaCase.Random(shape, 2).requires_grad_() : null;
        return name.Split(' ')[0] switch
        {
            "GroupNorm" => GroupNorm(input, addend, name.EndsWith("ReLU", StringComparison.Ordinal), groups, deliver),
            "FilterResponse" => FilterResponse(input, addend, name.EndsWith("threshold", StringComparison.Ordinal), deliver),
            "EvoNormS0" => EvoNorm(input, Parameter(input, 5, 1), groups, centres: true),
            "EvoNormS1" => EvoNorm(input, null, groups, centres: true),
            "EvoNormS2" => EvoNorm(input, null, groups, centres: false),
            "EvoNormB0" => BatchEvoNorm(input, Parameter(input, 5, 0.3), centres: true, 0, 0, trains: !name.EndsWith("evaluated", StringComparison.Ordinal)),
            "EvoNormB1" => BatchEvoNorm(input, null, centres: false, 0, 1),
            _ => BatchEvoNorm(input, null, centres: false, -1, 0),
        };
    }

    private static FormulaCase GroupNorm(Tensor input, Tensor? addend, bool activates, int groups, Action<IReadOnlyList<Tensor>>? deliver) => new(
        x => activates
            ? new GroupNormOperation<ReLUActivation>(groups, Epsilon, deliver).Run(x)
            : new GroupNormOperation<NoActivation>(groups, Epsilon, deliver).Run(x),
        x =>
        {
            var output = F.group_norm(x[0]!, groups, x[1], x[2], Epsilon);
            output = x[3] is null ? output : output + x[3]!;
            return activates ? output.relu() : output;
        },
        input,
        Parameter(input, 3, 1),
        Parameter(input, 4, 0),
        addend);

    private static FormulaCase FilterResponse(Tensor input, Tensor? addend, bool thresholds, Action<IReadOnlyList<Tensor>>? deliver) => new(
        x => new FilterResponseOperation(deliver).Run(x),
        x =>
        {
            var square = x[0]!.square().mean(Positions(x[0]!), keepdim: true);
            var output = x[0]! / (square + x[3]!.abs()).sqrt() * View(x[1]!, x[0]!) + View(x[2]!, x[0]!);
            output = x[5] is null ? output : output + x[5]!;
            return x[4] is null ? output : maximum(output, View(x[4]!, x[0]!));
        },
        input,
        Parameter(input, 3, 1),
        Parameter(input, 4, 0),
        tensor(new[] { -0.3f }).requires_grad_(),
        thresholds ? Parameter(input, 6, -0.2) : null,
        addend);

    private static FormulaCase EvoNorm(Tensor input, Tensor? slope, int groups, bool centres) => new(
        x => new SampleEvoNormOperation(new(groups, centres, Epsilon)).Run(x),
        x =>
        {
            var grouped = x[0]!.reshape(x[0]!.size(0), groups, -1);
            var statistic = centres
                ? (grouped - grouped.mean([2], keepdim: true)).square().mean([2], keepdim: true)
                : grouped.square().mean([2], keepdim: true);
            var gated = x[3] is null ? x[0]! * x[0]!.sigmoid() : x[0]! * (x[0]! * View(x[3]!, x[0]!)).sigmoid();
            var normalized = (gated.reshape(grouped.shape) / (statistic + Epsilon).sqrt()).reshape(x[0]!.shape);
            return normalized * View(x[1]!, x[0]!) + View(x[2]!, x[0]!);
        },
        input,
        Parameter(input, 3, 1),
        Parameter(input, 4, 0),
        slope);

    private static FormulaCase BatchEvoNorm(
        Tensor input,
        Tensor? slope,
        bool centres,
        float constantSlope,
        float rootSlope,
        bool trains = true)
    {
        var running = FormulaCase.Random([input.size(1)], 8).abs_().add_(0.5);
        return new(
            x => new BatchEvoNormOperation(new(centres, constantSlope, rootSlope, Epsilon, 0.1, running, trains)).Run(x),
            x =>
            {
                var batch = x[0]!;
                long[] all = [0, .. Positions(batch)];
                var variance = trains
                    ? (batch - batch.mean(all, keepdim: true)).square().mean(all, keepdim: true)
                    : View(running, batch).to(batch.dtype);
                var centred = centres ? batch - batch.mean(Positions(batch), keepdim: true) : batch;
                var root = (centred.square().mean(Positions(batch), keepdim: true) + Epsilon).sqrt();
                var right = x[3] is null ? batch * (constantSlope + rootSlope * root) + root : batch * View(x[3]!, batch) + root;
                return batch / maximum((variance + Epsilon).sqrt(), right) * View(x[1]!, batch) + View(x[2]!, batch);
            },
            input,
            Parameter(input, 3, 1),
            Parameter(input, 4, 0),
            slope);
    }

    private static Tensor Parameter(Tensor input, int seed, double offset) =>
        FormulaCase.Random([input.size(1)], seed, 0.3, offset).requires_grad_();

    private static Tensor View(Tensor values, Tensor like) => values.view([1, -1, .. Enumerable.Repeat(1L, (int)like.dim() - 2)]);

    private static long[] Positions(Tensor input) => [.. Enumerable.Range(2, (int)input.dim() - 2)];
}

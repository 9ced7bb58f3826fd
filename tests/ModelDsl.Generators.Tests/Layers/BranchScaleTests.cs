using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Layers;

/// <summary>Weighed paths of residual blocks, numbers and gradients in float64 against the formula written by hand.</summary>
public sealed class BranchScaleTests : IClassFixture<BranchScaleTests.Models>
{
    private const string Body = "Linear(3), Tanh, ";
    private static readonly double Half = Math.Sqrt(0.5);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["Fixed"] = new(Body + "Shortcut(Scale = 0.25)", static (x, f) => x + (0.25 * f)),
        ["OfBlocks"] = new(Body + "Shortcut(Scale = \"1 / sqrt(blocks)\")", static (x, f) => x + (f / Math.Sqrt(4))),
        ["OfBlocksInMath"] = new(Body + "Shortcut(Scale = \"1 / Math.Sqrt(blocks)\")", static (x, f) => x + (f / Math.Sqrt(4))),
        ["BothPaths"] = new(
            Body + "Shortcut(Scale = \"sqrt(0.5)\", InputScale = \"sqrt(0.5)\")", static (x, f) => (x + f) * Half),
        ["InputOnly"] = new(Body + "Shortcut(InputScale = \"1 / 2\")",
            static (x, f) => (0.5 * x) + f),
        ["InputAndExpression"] = new(
            Body + "Shortcut(Scale = nameof(alpha), InputScale = -2)", static (x, f) => (0.2 * f) - (2 * x)),
        ["InPlace"] = new("Linear(3), Tanh, Dropout(0), Linear(3), " + "Shortcut(Scale = 0.5, InputScale = 3), ReLU",
            static (x, f) => ((3 * x) + (0.5 * f)).relu(), IsSecondLinear: true),
        ["Learned"] = new(Body + "Shortcut(Scale = BranchScale.SkipInit, Initial = 0.25)", static (x, f) => x + (0.25 * f)),
        ["LearnedOfBlocks"] = new(
            Body + "Shortcut(Scale = BranchScale.SkipInit, Initial = \"1 / sqrt(blocks)\", InputScale = 0.5), ReLU",
            static (x, f) => ((0.5 * x) + (0.5 * f)).relu()),
        ["LearnedFromLabel"] = new(
            "Multiply(0.5), Label(\"a\"), " + Body + "Shortcut(From = \"a\", Scale = BranchScale.SkipInit, Initial = 2)",
            static (x, f) => (0.5 * x) + (2 * f), Before: 0.5),
        ["Multiplied"] = new(
            "Multiply(nameof(alpha)), Linear(3), Tanh, Multiply(\"-1 / sqrt(4)\"), Shortcut",
            static (x, f) => x - (0.5 * f), Before: 0.2),
        ["MultipliedInPlace"] = new("Linear(3), Multiply(2), Tanh, Shortcut", static (x, f) => x + f, After: 2),
    };

    /// <summary>Formulas, and their values where n is 2.</summary>
    private static readonly (string Text, double Value)[] Formulas =
    [
        ("max(n, 4) / 3", 4 / 3.0),
        ("Math.Max(1, 4) / 3", 4 / 3.0),
        ("abs(-n) / 4", 0.5),
        ("Math.Floor(n) + 0.5", 2.5),
        ("Ceiling(7 / n)", 4),
        ("floor(7 / 2)", 3),
        ("cbrt(n - 10)", -2),
        ("cbrt(-8)", -2),
        ("Log2(8) * n", 6),
        ("pow(n, 3) / 16", 0.5),
        ("min(n, 0.25)", 0.25),
        ("1 / sqrt(n)", 0.70710678118654752),
        ("exp(0) + log10(1000) + log(1) + sin(0) + cos(0) + tanh(0)", 5),
    ];

    private readonly Models _models;

    public BranchScaleTests(Models models) => _models = models;

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Paths_AreWeighedAsByHand(string name)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(11);
        using var model = _models.Compiled.Create(name, Cases[name].Arguments).to(float64);
        var x = randn(4, 3, float64).requires_grad_();
        var values = x.detach().clone();
        var output = _models.Compiled.Run(name, (nn.Module<Tensor, Tensor>)model, x, ("N", 4));
        Close.Equal(values, x, 0);
        var expected = Cases[name].ByHand(x, model);
        Close.Equal(expected, output, 1e-12);
        var leaves = model.parameters().Where(parameter => parameter.ndim > 0).Prepend(x).ToList();
        var direction = randn(4, 3, float64);
        var wanted = Close.Gradients(expected, direction, leaves);
        foreach (var (gradient, other) in Close.Gradients(output, direction, leaves).Zip(wanted))
            Close.Equal(other, gradient, 1e-12);
        Close.HasTheGradientsOfDifferences(() => model.call(x), [x, .. model.parameters()]);
    }

    [Fact]
    public void SkipInit_IsTheIdentityAtFirstAndLearns()
    {
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create("Skip");
        Assert.Equal(["body_skip_init", "body_linear.weight", "body_linear.bias"], model.state_dict().Keys);
        var scale = model.get_parameter("body_skip_init")!;
        Assert.Empty(scale.shape);
        var x = randn(5, 3);
        Close.Equal(x, model.call(x), 0);
        model.call(x).sum().backward();
        var branch = nn.functional.linear(x, model.get_parameter("body_linear.weight")!, model.get_parameter("body_linear.bias")!);
        // y = x + a f: of the sum of y the derivative by a is the sum of f.
        Close.Equal(branch.sum(), scale.grad!, 1e-5);
        optim.SGD(model.parameters(), 0.1).step();
        Assert.NotEqual(0, scale.item<float>());
        Assert.Empty(((IModel)model).NormalizationParameters());
    }

    [Theory]
    [InlineData(3, "downsample_skip_init", "conv.weight", "conv.bias")]
    [InlineData(5, "downsample_skip_init", "conv.weight", "conv.bias", "downsample.0.weight", "downsample.1.weight", "downsample.1.bias",
        "downsample.1.running_mean", "downsample.1.running_var", "downsample.1.num_batches_tracked")]
    public void SkipInit_IsNamedBesideTheProjection(int channels, params string[] names)
    {
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create("Projected", channels);
        Assert.Equal(names, model.state_dict().Keys);
        model.to(float64).eval();
        using (no_grad())
            model.get_parameter("downsample_skip_init")!.fill_(0.7);
        var x = randn(2, 3, 4, 4, float64);
        var state = model.state_dict();
        var shortcut = channels == 3 ? x
            : nn.functional.conv2d(x, state["downsample.0.weight"]) / Math.Sqrt(1 + 1e-5);
        Close.Equal(shortcut + (0.7 * nn.functional.conv2d(x, state["conv.weight"], state["conv.bias"], padding: [1, 1])), model.call(x));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(5, false)]
    [InlineData(5, true)]
    public void SkipInit_MayBeLeftOut(int channels, bool isResidual)
    {
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create("Optional", channels, isResidual);
        Assert.Equal(isResidual, model.state_dict().ContainsKey("skip_init"));
        Assert.Equal(isResidual && channels != 3, model.state_dict().ContainsKey("shortcut.0.weight"));
        model.to(float64).eval();
        var x = randn(2, 3, 4, 4, float64);
        var state = model.state_dict();
        var branch = nn.functional.conv2d(x, state["conv.weight"], state["conv.bias"], padding: [1, 1]);
        var expected = !isResidual ? branch
            : channels == 3 ? x + (0.5 * branch)
            : (nn.functional.conv2d(x, state["shortcut.0.weight"]) / Math.Sqrt(1 + 1e-5)) + (0.5 * branch);
        Close.Equal(expected, model.call(x));
    }

    [Fact]
    public void SkipInit_KeepsWhatItStartsAt_WhereWeightsAreInitialised()
    {
        using var model = _models.Compiled.Create("Initialised");
        Assert.Equal(0.25f, model.get_parameter("skip_init")!.item<float>());
        Assert.Equal(0, model.get_parameter("linear.weight")!.sum().item<float>());
    }

    [Fact]
    public void SkipInit_IsNamedExactly_WhereTheShortcutHasNoOtherEntry() =>
        Assert.Equal(["features.skipinit_gain", "features.0.weight", "features.0.bias"], _models.Compiled.Create("Named").state_dict().Keys);

    [Fact]
    public void Formulas_HaveTheValuesOfTheirFunctions()
    {
        using var scope = NewDisposeScope();
        for (var index = 0; index < Formulas.Length; index++)
        {
            var (text, value) = Formulas[index];
            using var model = _models.Compiled.Create($"Formula{index}", Arguments(text));
            Assert.Equal(value, model.call(ones(1, 1, float64)).item<double>(), 1e-15 * Math.Abs(value));
        }
    }

    [Fact]
    public void Blocks_CanBeToldHowManyTheyAre()
    {
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create("Stack", 4).to(float64);
        var x = randn(2, 3, float64);
        var expected = x;
        var state = model.state_dict();
        for (var block = 0; block < 4; block++)
            expected += nn.functional.linear(expected, state[$"body.{block}.linear.weight"], state[$"body.{block}.linear.bias"]) / 2;
        Close.Equal(expected, model.call(x));
    }

    private static object[] Arguments(string formula) => TakesNumber(formula) ? [2] : [];

    private static bool TakesNumber(string formula) => System.Text.RegularExpressions.Regex.IsMatch(formula, @"\bn\b");

    private sealed record Case(
        string Layers,
        Func<Tensor, Tensor, Tensor> Join,
        double Before = 1,
        double After = 1,
        bool IsSecondLinear = false)
    {
        public string Parameter => Has("blocks") ? "int blocks" : Has("alpha") ? "double alpha" : "";

        public object[] Arguments => Has("blocks") ? [4] : Has("alpha") ? [0.2] : [];

        private bool Has(string parameter) => Layers.Contains(parameter, StringComparison.Ordinal);

        /// <summary>The branch, tanh of a linear map, and how it is joined with the input.</summary>
        public Tensor ByHand(Tensor x, nn.Module model)
        {
            var first = IsSecondLinear ? "linear1" : "linear";
            var branch = (Linear(first, x * Before, model) * After).tanh();
            return Join(x, IsSecondLinear ? Linear("linear2", branch, model) : branch);
        }

        private static Tensor Linear(string name, Tensor x, nn.Module model) =>
            nn.functional.linear(x, model.get_parameter($"{name}.weight")!, model.get_parameter($"{name}.bias")!);
    }

    public sealed class Models : IDisposable
    {
        internal CompiledModels Compiled { get; } = new([
            .. Cases.Select(one => CompiledModels.Declare(one.Key, "N, 3", one.Value.Layers, one.Value.Parameter)),
            .. Formulas.Select((formula, index) => CompiledModels.Declare(
                $"Formula{index}", "N, 1", $"Multiply(\"{formula.Text}\")", TakesNumber(formula.Text) ? "int n" : "")),
            """
            [Model]
            public partial class Skip
            {
                [Linear(3), Shortcut(Scale = BranchScale.SkipInit)]
                private partial Tensor Body([Shape("N, 3")] Tensor x);
            }

            [Model]
            public partial class Named
            {
                [Stage(Name = "features", Numbered = true)]
                [Linear(3), Shortcut(Scale = BranchScale.SkipInit, Name = "skipinit_gain")]
                private partial Tensor Body([Shape("N, 3")] Tensor x);
            }

            [Model]
            public partial class Stack(int depth)
            {
                [Block<Scaled>("blocks: count", Repeat = nameof(depth))]
                private partial Tensor Body([Shape("N, 3")] Tensor x);
            }
            """,
            CompiledModels.Declare("Scaled", "N, 3", "Linear(3), Shortcut(Scale = \"1 / sqrt(blocks)\")", "int blocks"),
            CompiledModels.Declare("Projected", "N, 3, H, W",
                "Conv2d(nameof(channels), 3), Shortcut(Scale = BranchScale.SkipInit, Name = \"downsample\")", "int channels"),
            CompiledModels.Declare("Optional", "N, 3, H, W",
                "Conv2d(nameof(channels), 3), Shortcut(Scale = BranchScale.SkipInit, Initial = 0.5, When = nameof(isResidual))",
                "int channels, bool isResidual"),
            CompiledModels.Declare("Initialised", "N, 3", "Linear(3), Shortcut(Scale = BranchScale.SkipInit, Initial = 0.25)",
                attributes: "Initialization(Init.Zeros)"),
        ]);

        public void Dispose() => Compiled.Dispose();
    }
}

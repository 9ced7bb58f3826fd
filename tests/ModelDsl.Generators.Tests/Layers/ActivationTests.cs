using ModelDsl.Definition;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Layers;

/// <summary>
/// Every activation after every kind of producer, against closed forms out of place: values, gradients, and the caller's tensor
/// as it was.
/// </summary>
public sealed class ActivationTests : IClassFixture<ActivationTests.Models>
{
    private static readonly Dictionary<string, (string Attribute, Func<Tensor, Tensor> Function)> Functions = new()
    {
        ["ReLU"] = ("ReLU", static x => Positive(x)),
        ["ReLU6"] = ("ReLU6", static x => where(x > 6, full_like(x, 6), Positive(x))),
        ["ScaledReLU"] = (
            "ScaledReLU", static x => Math.Sqrt(2 * Math.PI / (Math.PI - 1)) * (Positive(x) - Math.Sqrt(1 / (2 * Math.PI)))),
        ["LeakyReLU"] = ("LeakyReLU(0.2)", static x => where(x > 0, x, 0.2 * x)),
        ["LeakyReLUDefault"] = ("LeakyReLU", static x => where(x > 0, x, 0.01 * x)),
        ["LeakyReLUOfNegativeSlope"] = ("LeakyReLU(-0.5)", static x => where(x > 0, x, -0.5 * x)),
        ["LeakyReLUOfParameter"] = ("LeakyReLU(nameof(slope))", static x => where(x > 0, x, 0.3 * x)),
        ["LeakyReLUOfExpression"] = ("LeakyReLU(\"slope / 2 + 1 / 4\")", static x => where(x > 0, x, 0.4 * x)),
        ["PReLU"] = ("PReLU", static x => where(x > 0, x, 0.25 * x)),
        ["PReLUPerChannel"] = ("PReLU(PerChannel = true, Initial = 0.5)", static x => where(x > 0, x, 0.5 * x)),
        ["RReLU"] = ("RReLU", static x => where(x > 0, x, (1.0 / 8 + 1.0 / 3) / 2 * x)),
        ["ELU"] = ("ELU(0.7)", static x => where(x > 0, x, 0.7 * (x.exp() - 1))),
        ["CELU"] = ("CELU(0.7)", static x => where(x > 0, x, 0.7 * ((x / 0.7).exp() - 1))),
        ["SELU"] = ("SELU", static x => 1.0507009873554804934193349852946 * where(x > 0, x, 1.6732632423543772848170429916717 * (x.exp() - 1))),
        ["GELU"] = ("GELU", static x => 0.5 * x * (1 + (x / Math.Sqrt(2)).erf())),
        ["GELUApproximate"] = ("GELU(Approximate = true)", static x => 0.5 * x * (1 + (Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x.pow(3))).tanh())),
        ["SiLU"] = ("SiLU", static x => x * Logistic(x)),
        ["Mish"] = ("Mish", static x => x * (1 + x.exp()).log().tanh()),
        ["Hardswish"] = ("Hardswish", static x => x * Clipped(x + 3, 0, 6) / 6),
        ["Hardsigmoid"] = ("Hardsigmoid", static x => Clipped(x / 6 + 0.5, 0, 1)),
        ["Hardtanh"] = ("Hardtanh", static x => Clipped(x, -1, 1)),
        ["HardtanhOfBounds"] = ("Hardtanh(Minimum = -0.5, Maximum = 2)", static x => Clipped(x, -0.5, 2)),
        ["Sigmoid"] = ("Sigmoid", Logistic),
        ["Tanh"] = ("Tanh", static x => 2 * Logistic(2 * x) - 1),
        ["Softplus"] = ("Softplus(Beta = 2)", static x => (1 + (2 * x).exp()).log() / 2),
        ["Softsign"] = ("Softsign", static x => x / (1 + x.abs())),
        ["Softshrink"] = ("Softshrink(0.3)", static x => x - Clipped(x, -0.3, 0.3)),
        ["Hardshrink"] = ("Hardshrink(0.3)", static x => where(x.abs() > 0.3, x, zeros_like(x))),
        ["Tanhshrink"] = ("Tanhshrink", static x => x - (2 * Logistic(2 * x) - 1)),
        ["LogSigmoid"] = ("LogSigmoid", static x => -(1 + (-x).exp()).log()),
        ["Threshold"] = ("Threshold(0.1, 20)", static x => where(x > 0.1, x, full_like(x, 20))),
        ["Softmax"] = ("Softmax", static x => x.exp() / x.exp().sum(-1, keepdim: true)),
        ["SoftmaxOfAxis"] = ("Softmax(Axis = 0)", static x => x.exp() / x.exp().sum(0, keepdim: true)),
        ["LogSoftmax"] = ("LogSoftmax", static x => x - x.exp().sum(-1, keepdim: true).log()),
        ["Softmin"] = ("Softmin", static x => (-x).exp() / (-x).exp().sum(-1, keepdim: true)),
        ["Slot"] = ("Activation", static x => Positive(x)),
    };

    /// <summary>
    /// What stands before and after the activation, and the whole as a function of input, weight, bias and activation.
    /// </summary>
    private static readonly Dictionary<string, (string Layers, Func<Tensor, Tensor, Tensor, Func<Tensor, Tensor>, Tensor> Function)> Places = new()
    {
        ["First"] = ("{0}", static (x, _, _, f) => f(x)),
        ["Behind"] = ("Linear(4), {0}, Linear(4)", static (x, w, b, f) => f(x.matmul(w.t()) + b)),
        ["BeforeReLU"] = ("Linear(4), {0}, ReLU", static (x, w, b, f) => Positive(f(x.matmul(w.t()) + b))),
        ["BeforeShortcut"] = ("Linear(4), {0}, Shortcut", static (x, w, b, f) => f(x.matmul(w.t()) + b) + x),
        ["AfterReLU"] = ("Linear(4), ReLU, {0}", static (x, w, b, f) => f(Positive(x.matmul(w.t()) + b))),
        ["AfterSigmoid"] = ("Linear(4), Sigmoid, {0}", static (x, w, b, f) => f(Logistic(x.matmul(w.t()) + b))),
        ["AfterELU"] = ("Linear(4), ELU, {0}", static (x, w, b, f) => f(Elu(x.matmul(w.t()) + b))),
        ["AfterGELU"] = ("Linear(4), GELU, {0}", static (x, w, b, f) => f(0.5 * (x.matmul(w.t()) + b) * (1 + ((x.matmul(w.t()) + b) / Math.Sqrt(2)).erf()))),
        ["AfterDropoutOfInput"] = ("Dropout(0.5), {0}", static (x, _, _, f) => f(x)),
        ["AfterFlattenOfReLU"] = ("Linear(4), ReLU, Flatten, {0}", static (x, w, b, f) => f(Positive(x.matmul(w.t()) + b))),
    };

    private readonly Models _models;

    public ActivationTests(Models models) => _models = models;

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Activation_IsItsClosedForm_AfterEveryProducer(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var (place, (_, composition)) in PlacesOf(name))
        {
            random.manual_seed(11);
            using var model = _models.Compiled.Create($"{name}{place}").to(float64);
            model.eval();
            var x = (2 * randn(3, 4, float64)).requires_grad_();
            var before = x.detach().clone();
            var leaves = model.parameters().Where(parameter => parameter.dim() > 0).Cast<Tensor>().ToList();
            var (weight, bias) = (leaves.FirstOrDefault(leaf => leaf.dim() == 2) ?? eye(4, dtype: float64), model.state_dict().FirstOrDefault(entry => entry.Key.EndsWith(".bias", StringComparison.Ordinal)).Value ?? zeros(4, float64));

            var output = _models.Compiled.Run($"{name}{place}", model, x, ("N", 3));
            var expected = composition(x, weight, bias, Functions[name].Function);
            if (place == "Behind")
                expected = expected.matmul(model.state_dict()["linear2.weight"].t()) + model.state_dict()["linear2.bias"];
            // libtorch rounds 1 / alpha and 1 / 6 to float32 whatever the type.
            var tolerance = name is "CELU" or "Hardsigmoid" ? 1e-6 : 1e-10;
            Close.Equal(expected, output, tolerance);
            Close.Equal(before, x);

            var direction = randn(expected.shape, float64);
            Close.Equal(Close.Gradients(expected, direction, [x])[0], Close.Gradients(output, direction, [x])[0], tolerance);
            output.fill_(0);
            Close.Equal(before, x);
        }
    }

    [Fact]
    public void Table_IsWhatAttributesAndRuntimeValuesAre()
    {
        var names = Nonlinearities.All.Select(one => one.Attribute).Order(StringComparer.Ordinal).ToList();
        var attributes = typeof(ModelAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(NonlinearityAttribute))).ToList();
        Assert.Equal(names, attributes.Select(type => type.Name[..^9]).Order(StringComparer.Ordinal));
        Assert.Equal(
            names.Append("Inherit").Append("Function").Order(StringComparer.Ordinal),
            Enum.GetNames<ActivationVariant>().Order(StringComparer.Ordinal));
        Assert.All(attributes, type => Assert.Equal(
            type.GetProperties().Where(property => property.DeclaringType == type).Select(property => property.Name).Order(StringComparer.Ordinal),
            Options(Nonlinearities.Find(type.Name[..^9])!).Order(StringComparer.Ordinal)));
    }

    /// <summary>Runtime values compute what the functions in bodies do.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OpenSlot_GivesTheSameNumbers(string name)
    {
        if (Choice(name) is not { } choice)
            return;
        using var scope = NewDisposeScope();
        using var model = _models.Compiled.Create("OpenNet", choice).to(float64);
        model.eval();
        var x = (2 * randn(3, 4, float64)).requires_grad_();
        var before = x.detach().clone();
        var output = model.call(x);
        Close.Equal(Functions[name].Function(x), output, name == "CELU" ? 1e-6 : 1e-10);
        output.detach().fill_(0);
        Close.Equal(before, x);
    }

    [Fact]
    public void Slot_TakesParameterThenClassThenReLU()
    {
        using var scope = NewDisposeScope();
        var x = randn(3, 4);
        Close.Equal(x.tanh(), _models.Compiled.Create("ClassNet").call(x));
        Close.Equal(x.tanh(), _models.Compiled.Create("OpenClassNet").call(x));
        Close.Equal(x.sigmoid(), _models.Compiled.Create("OpenClassNet", Activation.Sigmoid()).call(x));
        Close.Equal(x.relu(), _models.Compiled.Create("OpenNet").call(x));
        Close.Equal(x, _models.Compiled.Create("OpenNet", Activation.Of(static input => input)).call(x));
        Close.Equal(x.square(), _models.Compiled.Create("OpenNet", Activation.Of(static input => input.square())).call(x));
    }

    [Fact]
    public void Block_ReceivesTheChoiceOfTheModelThatNestsIt()
    {
        using var scope = NewDisposeScope();
        var x = randn(3, 4);
        Close.Equal(x.sin().tanh(), _models.Compiled.Create("TanhOuter").call(x.sin()));
        Close.Equal(x.sigmoid(), _models.Compiled.Create("OpenOuter", Activation.Sigmoid()).call(x));
        Close.Equal(x.relu(), _models.Compiled.Create("OpenOuter").call(x));
        using var learned = _models.Compiled.Create("PReLUOuter");
        Assert.Equal([("body.activation.weight", 4L)], learned.named_parameters().Select(entry => (entry.name, entry.parameter.numel())));
    }

    [Fact]
    public void Hover_SaysWhichActivationAndWhy()
    {
        Assert.Contains("activation: Tanh, from [Tanh] on ClassNet", Notes("ClassNet"));
        Assert.Contains("activation: ReLU, the default", Notes("SlotFirst"));
        Assert.Contains("activation: what the caller passes as act, else Tanh, from [Tanh] on OpenClassNet", Notes("OpenClassNet"));
    }

    [Fact]
    public void PReLU_LearnsASlopeAChannelOnAnyAxis()
    {
        using var scope = NewDisposeScope();
        using var map = _models.Compiled.Create("MapPReLU").to(float64);
        using var sequence = _models.Compiled.Create("SequencePReLU").to(float64);
        foreach (var (model, shape) in new[] { (map, new long[] { 2, 3, 2, 2 }), (sequence, [2, 4, 3]) })
        {
            var weight = model.get_parameter("prelu.weight")!;
            using (no_grad())
                weight.copy_(tensor(new[] { 0.1, 0.2, 0.3 }));
            var x = randn(shape, float64).requires_grad_();
            var slopes = shape.Length == 4 ? weight.view(1, 3, 1, 1) : weight.view(1, 1, 3);
            Close.Equal(where(x > 0, x, slopes * x), model.call(x));
            Close.HasTheGradientsOfDifferences(() => model.call(x), x, weight);
        }
    }

    [Fact]
    public void RReLU_DrawsSlopesWhileTraining()
    {
        using var scope = NewDisposeScope();
        using var layer = new RReLULayer(0.2, 0.4);
        var x = -ones(10_000);
        var slopes = -layer.call(x);
        Assert.InRange(slopes.min().item<float>(), 0.2, 0.201);
        Assert.InRange(slopes.max().item<float>(), 0.399, 0.4);
        // The mean of 10 000 uniform draws: 0.3, five standard errors of 0.2 / sqrt(12 * 10 000).
        Assert.InRange(slopes.mean().item<float>(), 0.3 - 0.0029, 0.3 + 0.0029);
        Close.Equal(ones(4), layer.call(ones(4)));
    }

    [Theory]
    [InlineData("GLU")]
    [InlineData("GEGLU")]
    [InlineData("SwiGLU")]
    [InlineData("ReGLU")]
    public void GatedUnit_HalvesTheChannels(string name)
    {
        using var scope = NewDisposeScope();
        Func<Tensor, Tensor> activate = name switch
        {
            "GLU" => Logistic,
            "GEGLU" => Functions["GELU"].Function,
            "SwiGLU" => Functions["SiLU"].Function,
            _ => static x => Positive(x),
        };
        foreach (var (place, shape, axis) in new[] { ("Vectors", new long[] { 3, 6 }, 1), ("Maps", [2, 4, 3, 3], 1), ("Sequence", [2, 5, 4], 2) })
        {
            using var model = _models.Compiled.Create(name + place);
            var x = randn(shape, float64).requires_grad_();
            var output = _models.Compiled.Run(name + place, model, x, ("N", shape[0]));
            var parts = x.chunk(2, axis);
            var expected = parts[0] * activate(parts[1]);
            Close.Equal(expected, output);
            var direction = randn(expected.shape, float64);
            Close.Equal(Close.Gradients(expected, direction, [x])[0], Close.Gradients(output, direction, [x])[0]);
        }
    }

    [Fact]
    public void GatedUnitOfAnOddSize_ThrowsWithTheSize() =>
        Assert.Contains("its size is 3", Assert.Throws<ArgumentException>(() => GatedUnits.SwiGLU(zeros(2, 3), 1)).Message, StringComparison.Ordinal);

    /// <summary>Those that change nothing in place need not be tried everywhere.</summary>
    private static IEnumerable<KeyValuePair<string, (string Layers, Func<Tensor, Tensor, Tensor, Func<Tensor, Tensor>, Tensor> Function)>> PlacesOf(string name) =>
        Places.Where(place => place.Key is "First" or "BeforeReLU" or "BeforeShortcut" or "AfterReLU"
            || Nonlinearities.Find(name) is { InPlace: not null } or { LayerType: not null });

    private static Tensor Positive(Tensor x) => where(x > 0, x, zeros_like(x));

    private static Tensor Clipped(Tensor x, double least, double most) =>
        where(x > most, full_like(x, most), where(x < least, full_like(x, least), x));

    private static Tensor Logistic(Tensor x) => 1 / (1 + (-x).exp());

    private static Tensor Elu(Tensor x) => where(x > 0, x, x.exp() - 1);

    private static IEnumerable<string> Options(Nonlinearity one) =>
        one.Options.Select(option => option.Name).Concat(one.Flag is { } flag ? [flag] : []);

    private IEnumerable<string> Notes(string model) => _models.Compiled.Definition(model).Stages[0].Rows.Select(row => row.Note);

    private static Activation? Choice(string name) => name switch
    {
        "ReLU" => Activation.ReLU(),
        "ReLU6" => Activation.ReLU6(),
        "LeakyReLU" => Activation.LeakyReLU(0.2),
        "PReLU" => Activation.PReLU(),
        "PReLUPerChannel" => Activation.PReLU(0.5, perChannel: true),
        "RReLU" => Activation.RReLU(),
        "ELU" => Activation.ELU(0.7),
        "CELU" => Activation.CELU(0.7),
        "SELU" => Activation.SELU(),
        "GELU" => Activation.GELU(),
        "GELUApproximate" => Activation.GELU(approximate: true),
        "SiLU" => Activation.SiLU(),
        "Mish" => Activation.Mish(),
        "Hardswish" => Activation.Hardswish(),
        "Hardsigmoid" => Activation.Hardsigmoid(),
        "Hardtanh" => Activation.Hardtanh(),
        "Sigmoid" => Activation.Sigmoid(),
        "Tanh" => Activation.Tanh(),
        "Softplus" => Activation.Softplus(2),
        "Softsign" => Activation.Softsign(),
        "Softshrink" => Activation.Softshrink(0.3),
        "Hardshrink" => Activation.Hardshrink(0.3),
        "Tanhshrink" => Activation.Tanhshrink(),
        "LogSigmoid" => Activation.LogSigmoid(),
        "Threshold" => Activation.Threshold(0.1, 20),
        _ => null,
    };

    /// <summary>One compilation for all.</summary>
    public sealed class Models : IDisposable
    {
        private const string Blocks = """
            [Model]
            public partial class Inner(int width, Activation act = default)
            {
                [Activation]
                public override partial Tensor forward([Shape("N, width")] Tensor x);
            }
            """;

        internal CompiledModels Compiled { get; } = new(string.Join("\n", Declarations()));

        public void Dispose() => Compiled.Dispose();

        private static IEnumerable<string> Declarations()
        {
            foreach (var (name, (attribute, _)) in Functions)
            {
                foreach (var (place, (layers, _)) in PlacesOf(name))
                    yield return CompiledModels.Declare(name + place, "N, 4", string.Format(null, layers, attribute), attribute.Contains("slope") ? "double slope = 0.3" : "");
            }
            foreach (var name in new[] { "GLU", "GEGLU", "SwiGLU", "ReGLU" })
            {
                yield return CompiledModels.Declare(name + "Vectors", "N, 6", name);
                yield return CompiledModels.Declare(name + "Maps", "N, 4, 3, 3", name);
                yield return CompiledModels.Declare(name + "Sequence", "N, 5, 4", name);
            }
            yield return CompiledModels.Declare("ClassNet", "N, 4", "Activation", attributes: "Tanh");
            yield return CompiledModels.Declare("OpenNet", "N, 4", "Activation", "Activation act = default");
            yield return CompiledModels.Declare("OpenClassNet", "N, 4", "Activation", "Activation act = default", "Tanh");
            yield return CompiledModels.Declare("MapPReLU", "N, 3, H, W", "PReLU(PerChannel = true)");
            yield return CompiledModels.Declare("SequencePReLU", "N, T, 3", "PReLU(PerChannel = true)");
            yield return Blocks;
            foreach (var (name, parameters, attributes) in new[] { ("TanhOuter", "", "Tanh"), ("OpenOuter", "Activation act = default", ""), ("PReLUOuter", "", "PReLU(PerChannel = true)") })
                yield return $$"""
                    [Model{{(attributes.Length == 0 ? "" : ", " + attributes)}}]
                    public partial class {{name}}({{parameters}})
                    {
                        [Block<Inner>]
                        private partial Tensor Body([Shape("N, 4")] Tensor x);
                    }
                    """;
        }
    }
}

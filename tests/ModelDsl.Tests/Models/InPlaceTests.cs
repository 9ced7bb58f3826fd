using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>
/// Generated bodies change tensors in place where nobody sees it: against the same function written without, in evaluation mode,
/// where dropout hands its input on.
/// </summary>
public sealed class InPlaceTests
{
    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["ReLU first"] = new(() => new ReluFirst(), [3, 4], static (x, _) => x.relu().relu()),
        ["Flatten, ReLU"] = new(() => new FlattenReluLinear(), [3, 2, 4], static (x, w) => w.Linear("linear", x.flatten(1).relu())),
        ["Dropout, Flatten, ReLU"] = new(() => new DropoutFlattenRelu(), [3, 2, 4], static (x, _) => x.flatten(1).relu()),
        ["Dropout, Shortcut, ReLU"] = new(() => new DropoutShortcutRelu(), [3, 4], static (x, _) => (x + x).relu()),
        ["Linear, ReLU, Shortcut"] = new(() => new LinearReluShortcut(), [3, 4], static (x, w) => (w.Linear("linear", x).relu() + x).relu()),
        ["ReLU, Dropout, Shortcut"] = new(() => new LinearReluDropoutShortcut(), [3, 4], static (x, w) => w.Linear("linear", x).relu() + x),
        ["GELU, ReLU, Shortcuts"] = new(() => new LinearGeluReluLinear(), [3, 4], static (x, w) =>
            w.Linear("linear2", nn.functional.gelu(w.Linear("linear1", x)).relu()).relu().relu() + x + x),
        ["Conv, Flatten, ReLU, Dropout, ReLU"] = new(() => new ConvFlattenRelu(), [3, 1, 4, 4], static (x, w) =>
            w.Linear("linear", w.Convolution("conv", x, padding: 1).flatten(1).relu().relu())),
        ["MaxPool, ReLU, projected Shortcut"] = new(() => new PoolReluShortcut(), [3, 1, 4, 4], static (x, w) =>
        {
            var pooled = nn.functional.max_pool2d(w.Convolution("conv1", x, padding: 1), 2, 2).relu();
            var shortcut = w.Evaluated("shortcut.1", w.Convolution("shortcut.0", x, stride: 2));
            return w.Evaluated("norm", w.Convolution("conv2", pooled).relu() + shortcut);
        }),
        ["Aliases between stages"] = new(() => new AliasBetweenStages(), [3, 2, 2], static (x, _) => x.flatten(1).relu() + x.flatten(1)),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_body_gives_what_the_same_function_gives_out_of_place(string name)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var (build, shape, function) = Cases[name];
        using var model = build().to(float64);
        model.eval();
        var x = randn(shape, float64).requires_grad_();
        var values = x.detach().clone();

        var output = model.call(x);
        var expected = function(x, new Weights(model));
        Assert.Equal(values.data<double>(), x.data<double>());
        Assert.True(output.allclose(expected, 1e-12, 1e-12));

        var inputs = model.parameters().Cast<Tensor>().Prepend(x).ToList();
        var direction = randn(expected.shape, float64);
        var (found, wanted) = (Gradients(output, inputs, direction), Gradients(expected, inputs, direction));
        Assert.Equal(inputs.Count, found.Count);
        Assert.All(found.Zip(wanted), pair => Assert.True(pair.First.allclose(pair.Second, 1e-12, 1e-12)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_callers_tensor_stays_also_without_gradients(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (build, shape, _) = Cases[name];
        using var model = build();
        var x = randn(shape);
        var values = x.clone();
        foreach (var isTraining in new[] { true, false })
        {
            model.train(isTraining);
            var output = model.call(x);
            Assert.NotSame(x, output);
            output.Dispose();
            Assert.Equal(values.data<float>(), x.data<float>());
        }
    }

    /// <summary>By <c>backward</c>: what it throws can be caught, what <c>autograd.grad</c> throws ends the process.</summary>
    private static List<Tensor> Gradients(Tensor output, List<Tensor> inputs, Tensor direction)
    {
        (output * direction).sum().backward();
        var gradients = inputs.Select(input => input.grad!.clone()).ToList();
        inputs.ForEach(input => input.grad!.zero_());
        return gradients;
    }

    private sealed record Case(Func<nn.Module<Tensor, Tensor>> Build, long[] Shape, Func<Tensor, Weights, Tensor> Function);

    /// <summary>The weights of a model under their names, applied by functions.</summary>
    private sealed class Weights(nn.Module model)
    {
        private readonly Dictionary<string, Tensor> _state = model.state_dict();

        public Tensor Linear(string name, Tensor x) => x.matmul(_state[$"{name}.weight"].t()) + _state[$"{name}.bias"];

        public Tensor Convolution(string name, Tensor x, long stride = 1, long padding = 0) =>
            nn.functional.conv2d(x, _state[$"{name}.weight"], _state.GetValueOrDefault($"{name}.bias"), strides: [stride, stride], padding: [padding, padding]);

        /// <summary>BatchNorm with the statistics that it starts with: mean 0 and variance 1.</summary>
        public Tensor Evaluated(string name, Tensor x) =>
            (x / Math.Sqrt(1 + 1e-5) * _state[$"{name}.weight"].view(1, -1, 1, 1)) + _state[$"{name}.bias"].view(1, -1, 1, 1);
    }
}

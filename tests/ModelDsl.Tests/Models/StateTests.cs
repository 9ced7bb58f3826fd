using System.Reflection;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>What a model's state is called, and what it survives.</summary>
public sealed class StateTests
{
    private static readonly string[] Norm = ["weight", "bias"];
    private static readonly string[] BatchNorm = [.. Norm, "running_mean", "running_var", "num_batches_tracked"];

    [Fact]
    public void State_is_listed_depth_first_with_parameters_before_buffers()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        string[] expected =
        [
            "stem_conv.weight", .. Of("stem_norm", BatchNorm),
            .. Block("stage1.0", BatchNorm, conv: ["weight"]),
            .. Block("stage2.0", BatchNorm, conv: ["weight"]), "stage2.0.shortcut.0.weight", .. Of("stage2.0.shortcut.1", BatchNorm),
            .. Block("stage3.0", BatchNorm, conv: ["weight"]), "stage3.0.shortcut.0.weight", .. Of("stage3.0.shortcut.1", BatchNorm),
            "head_linear.weight", "head_linear.bias",
        ];
        Assert.Equal(expected, model.state_dict().Keys);
    }

    [Fact]
    public void A_convolution_before_GroupNorm_keeps_its_bias()
    {
        using var model = new ResNet(depth: 14, width: 4);
        string[] expected =
        [
            .. Of("stem_conv", Norm), .. Of("stem_norm", Norm),
            .. Block("stage1.0", Norm, Norm), .. Block("stage1.1", Norm, Norm),
            .. Block("stage2.0", Norm, Norm), .. Of("stage2.0.shortcut.0", Norm), .. Of("stage2.0.shortcut.1", Norm), .. Block("stage2.1", Norm, Norm),
            .. Block("stage3.0", Norm, Norm), .. Of("stage3.0.shortcut.0", Norm), .. Of("stage3.0.shortcut.1", Norm), .. Block("stage3.1", Norm, Norm),
            .. Of("head_linear", Norm),
        ];
        Assert.Equal(expected, model.state_dict().Keys);
    }

    [Fact]
    public void A_prefix_stands_before_every_name()
    {
        using var model = new BatchClassNet();
        Assert.Equal(model.state_dict().Keys.Select(name => $"outer.{name}"), model.state_dict(prefix: "outer").Keys);
    }

    [Fact]
    public void A_model_is_called_as_its_class()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        Assert.Equal("CifarResNet", model.GetName());
    }

    [Fact]
    public void Moving_between_types_keeps_names_modules_and_function()
    {
        using var scope = NewDisposeScope();
        using var model = new ResNet(depth: 8, width: 4);
        var names = model.state_dict().Keys.ToList();
        var children = Children(model);
        foreach (var type in new[] { float64, bfloat16, float32, float64, float32 })
        {
            model.to(type);
            Assert.Equal(names, model.state_dict().Keys);
            Assert.Equal(children, Children(model));
            Assert.Equal(children, Fields(model));
            Assert.All(model.parameters(), parameter => Assert.True(parameter.dtype == type && parameter.requires_grad && parameter.is_leaf));
            var output = model.call(ones([2, 1, 28, 28], type));
            Assert.Equal(type, output.dtype);
            output.sum().backward();
            Assert.All(model.named_parameters(), entry => Assert.True(entry.parameter.grad is { } gradient && gradient.dtype == type, entry.name));
        }
    }

    [Fact]
    public void A_model_built_inside_a_scope_outlives_it()
    {
        Shifted model;
        using (NewDisposeScope())
            model = new Shifted(width: 4);
        using (model)
        {
            Assert.Equal(["linear.weight", "linear.bias", "block.offset", "block.scale", "norm.weight", "norm.bias"], model.state_dict().Keys);
            Assert.All(model.state_dict(), entry => Assert.False(entry.Value.IsInvalid, entry.Key));
            using var input = zeros([2, 3]);
            using var output = model.call(input);
            Assert.Equal([2, 4], output.shape);
        }
    }

    [Fact]
    public void Mode_reaches_every_module()
    {
        using var model = new CifarResNet(depth: 8, width: 4);
        model.eval();
        Assert.DoesNotContain(model.modules().Append(model), module => module.training);
        model.train();
        Assert.All(model.modules().Append(model), module => Assert.True(module.training));
    }

    [Fact]
    public void What_was_saved_is_what_is_loaded()
    {
        using var scope = NewDisposeScope();
        using var model = new CifarResNet(depth: 8, width: 4);
        using var other = new CifarResNet(depth: 8, width: 4);
        model.call(rand([4, 3, 32, 32]));
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.dat");
        try
        {
            model.save(path);
            other.load(path);
        }
        finally
        {
            File.Delete(path);
        }
        var loaded = other.state_dict();
        Assert.All(model.state_dict(), entry => Assert.True(entry.Value.equal(loaded[entry.Key]).all().item<bool>(), entry.Key));
        var input = rand([2, 3, 32, 32]);
        Assert.True(model.eval(input).allclose(other.eval(input)));
    }

    private static IEnumerable<string> Of(string layer, string[] parts) => parts.Select(part => $"{layer}.{part}");

    private static IEnumerable<string> Block(string block, string[] norm, string[] conv) =>
        [.. Of($"{block}.conv1", conv), .. Of($"{block}.norm1", norm), .. Of($"{block}.conv2", conv), .. Of($"{block}.norm2", norm)];

    /// <summary>The layers, and the blocks of each level.</summary>
    private static List<nn.Module> Children(nn.Module model) =>
        [.. model.children().SelectMany(child => child is ModuleLevel level ? level.children() : [child])];

    private static List<nn.Module> Fields(nn.Module model) =>
    [
        .. model.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(field => field.GetValue(model))
            .SelectMany(value => value as IEnumerable<nn.Module> ?? new[] { value }.OfType<nn.Module>()),
    ];
}

file static class Evaluation
{
    public static Tensor eval(this nn.Module<Tensor, Tensor> model, Tensor input)
    {
        model.eval();
        return model.call(input);
    }
}

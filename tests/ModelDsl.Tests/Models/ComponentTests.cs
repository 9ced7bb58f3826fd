using ModelDsl.Tests.Models.ByHand;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>Levels in names, parameters and buffers of a model's own, tied weights.</summary>
public sealed class ComponentTests
{
    /// <summary>Depth first, per module parameters, then buffers, then what it holds: as PyTorch prints it.</summary>
    private static readonly string[] State =
    [
        "scale", "count", "embed.weight", "encoder.pos_embedding",
        "encoder.layers.encoder_layer_0.mix.weight", "encoder.layers.encoder_layer_0.mix.bias",
        "encoder.layers.encoder_layer_1.mix.weight", "encoder.layers.encoder_layer_1.mix.bias",
        "encoder.ln.weight", "encoder.ln.bias", "recover.weight", "head.weight", "head.bias",
    ];

    [Fact]
    public void State_has_PyTorchs_order()
    {
        using var model = new Encoder();
        Assert.Equal(State, model.state_dict().Keys);
        using var outer = new Holder(model);
        Assert.Equal(State.Select(name => $"first.{name}").Order(), outer.state_dict().Keys.Order());
    }

    [Fact]
    public void A_tied_weight_is_one_parameter_under_two_names()
    {
        using var model = new Encoder();
        var names = model.named_parameters().Select(entry => entry.name).ToList();
        Assert.Equal(State.Except(["count", "recover.weight"]), names);
        Assert.Equal(names.Count, model.parameters().Count());
        using var outer = new Holder(model);
        Assert.Equal(names.Count, outer.parameters().Count());
        AssertTied(model);
    }

    [Fact]
    public void One_optimizer_step_is_applied_once()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        model.to(float64);
        using var sgd = optim.SGD(model.parameters(), 1);
        var before = model.Embedding.weight.clone();
        // Both uses of the weight add to one gradient.
        var loss = model.Embedding.call(ones([1, 4], float64)).sum() + (2 * model.Recovering.call(ones([1, 4], float64)).sum());
        loss.backward();
        sgd.step();
        Assert.True(model.Embedding.weight.allclose(before - 3));
        Assert.True(model.Recovering.weight.allclose(before - 3));
    }

    [Fact]
    public void Moving_twice_keeps_fields_registry_ties_and_flags()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        var before = model.Position.clone();
        model.head().bias!.requires_grad = false;
        foreach (var type in new[] { float64, bfloat16, float32, float64 })
        {
            model.to(type);
            Assert.Equal(State, model.state_dict().Keys);
            Assert.All(model.state_dict(), entry => Assert.Equal(entry.Key == "count" ? int64 : type, entry.Value.dtype));
            Assert.Equal(type, model.Mask.dtype);
            Assert.Same(model.Position, model.get_parameter("encoder.pos_embedding"));
            Assert.Same(model.Mask, model.get_buffer("encoder.mask"));
            Assert.True(model.Position.requires_grad && model.Position.is_leaf && !model.head().bias!.requires_grad);
            AssertTied(model);
            Assert.Equal(type, model.call(ones([2, 5, 4], type)).dtype);
        }
        Assert.True(model.Position.to(float32).allclose(before, rtol: 0.01));
    }

    [Fact]
    public void Moving_to_where_it_is_changes_nothing()
    {
        using var model = new Encoder();
        var parameters = model.parameters().ToList();
        var mask = model.Mask;
        model.to(float32);
        model.cpu();
        Assert.Equal(parameters, model.parameters(), ReferenceEqualityComparer.Instance);
        Assert.Same(mask, model.Mask);
    }

    [Fact]
    public void A_buffer_that_is_not_saved_is_listed_and_moves()
    {
        using var model = new Encoder();
        Assert.Equal(["count", "encoder.mask"], model.named_buffers().Select(entry => entry.name).Order());
        Assert.Equal(["count"], model.named_buffers(include_nonpersistent: false).Select(entry => entry.name));
        Assert.DoesNotContain("encoder.mask", model.state_dict().Keys);
    }

    [Fact]
    public void Everything_outlives_the_scope_that_it_was_built_and_moved_in()
    {
        Encoder model;
        using (NewDisposeScope())
        {
            model = new Encoder();
            model.to(float64);
        }
        var state = model.state_dict();
        Assert.All(state, entry => Assert.False(entry.Value.IsInvalid, entry.Key));
        Assert.False(model.Mask.IsInvalid);
        var (mask, position) = (model.Mask, model.Position);
        model.Dispose();
        Assert.True(mask.IsInvalid && position.IsInvalid);
        Assert.All(state, entry => Assert.True(entry.Value.IsInvalid, entry.Key));
    }

    [Fact]
    public void What_has_no_field_moves_too()
    {
        using var scope = NewDisposeScope();
        using var model = Registered.By(it =>
        {
            it.Own("a.b", new Parameter(ones(2)));
            it.Buffer("a.c", ones(2), persistent: false);
            it.Buffer("d", ones(2), persistent: true);
        });
        model.to(float64);
        Assert.Equal(float64, model.get_parameter("a.b")!.dtype);
        Assert.All(model.buffers(), buffer => Assert.Equal(float64, buffer.dtype));
        Assert.Equal(2, model.buffers().Count());
        Assert.Equal(["d", "a.b"], model.state_dict().Keys);
    }

    [Fact]
    public void Saved_is_what_is_loaded_through_levels_and_ties()
    {
        using var scope = NewDisposeScope();
        using var model = new Encoder();
        using var other = new Encoder();
        using var stream = new MemoryStream();
        model.save(stream);
        other.load(new BinaryReader(new MemoryStream(stream.ToArray())));
        var loaded = other.state_dict();
        Assert.All(model.state_dict(), entry => Assert.True(entry.Value.equal(loaded[entry.Key]).all().item<bool>(), entry.Key));
        AssertTied(other);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.b", "a.b")]
    [InlineData("a.b", "a")]
    [InlineData("a", "a.b")]
    public void A_name_that_is_taken_is_refused(string first, string second)
    {
        using var scope = NewDisposeScope();
        Action<Registered, string>[] ways =
        [
            (model, name) => model.Layer(name, nn.Linear(1, 1)),
            (model, name) => model.Own(name, new Parameter(ones(1))),
            (model, name) => model.Buffer(name, ones(1), persistent: false),
        ];
        foreach (var one in ways)
        {
            foreach (var other in ways)
            {
                var error = Assert.Throws<ArgumentException>(() => Registered.By(model =>
                {
                    one(model, first);
                    other(model, second);
                }));
                Assert.Contains("Registered", error.Message, StringComparison.Ordinal);
                Assert.Contains($"\"{second}\"", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    public void A_name_with_an_empty_part_is_refused(string name)
    {
        using var linear = nn.Linear(1, 1);
        var error = Assert.Throws<ArgumentException>(() => Registered.By(model => model.Layer(name, linear)));
        Assert.Contains($"\"{name}\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_counts_tied_weights_once_and_lists_blocks_and_parameters()
    {
        using var model = new Encoder();
        var summary = model.Summary(2, 5, 4);
        Assert.Equal(
            [
                "scale", "encoder.pos_embedding",
                "embed", "encoder.layers.encoder_layer_0.mix", "encoder.layers.encoder_layer_1.mix", "encoder.ln", "head",
            ],
            summary.Layers.Select(layer => layer.Name));
        Assert.Equal((2 * 6) + (4 * 6) + (2 * 42) + 12 + 21, summary.Parameters);
        Assert.Equal(10 * ((4 * 6) + (2 * 36) + (6 * 3)), summary.MultiplyAdds);
    }

    private static void AssertTied(Encoder model)
    {
        using var noGradients = no_grad();
        model.Embedding.weight.add_(1);
        using var equal = model.Embedding.weight.equal(model.Recovering.weight);
        Assert.True(equal.all().item<bool>());
        Assert.NotEqual(model.Embedding.weight.Handle, model.Recovering.weight.Handle);
    }
}

file static class Parts
{
    public static Linear head(this Encoder model) => (Linear)model.named_children().Single(child => child.name == "head").module;
}

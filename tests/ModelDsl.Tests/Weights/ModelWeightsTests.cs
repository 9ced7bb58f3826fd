using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

public sealed class ModelWeightsTests
{
    /// <summary>What PyTorch 1.13 computed in float64: make_fixtures.py prints it.</summary>
    private static readonly double[] Outputs =
        [0.07199444532848169, 0.03543558011720191, 0.02173834676830827, 0.07292953644818212, 0.036244059894148015, 0.02107300849218767];

    [Theory]
    [InlineData("resnet.pth", 1e-6)]
    [InlineData("resnet.safetensors", 1e-6)]
    [InlineData("resnet_bfloat16.pth", 1e-2)]
    public void A_ResNet_of_PyTorch_computes_what_it_computed_there(string name, double tolerance)
    {
        using var written = new HandWrittenResNet();
        using var declared = new DeclaredResNet();
        foreach (var model in new nn.Module<Tensor, Tensor>[] { written, declared })
        {
            var report = ModelWeights.Load(model, Fixture.Path(name));
            Assert.Equal(model.state_dict().Keys.Order(), report.Loaded.Select(weight => weight.Name).Order());
            Assert.True(report.IsComplete);
            AssertOutputs(model, tolerance);
            Assert.Equal(7, model.state_dict()["layer2.0.bn2.num_batches_tracked"].item<long>());
        }
    }

    [Fact]
    public void Conversions_are_reported()
    {
        using var model = new DeclaredResNet();
        var report = ModelWeights.Load(model, Fixture.Path("resnet_bfloat16.pth"));
        Assert.All(report.Loaded, weight => Assert.Equal(!weight.Name.EndsWith("tracked", StringComparison.Ordinal), weight.IsConverted));
        Assert.Contains("38 loaded (32 converted)", report.ToString());
        Assert.Contains("converted from BFloat16 to Float32: conv1.weight, bn1.weight,", report.ToString());
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    public void Real_numbers_take_the_type_of_the_parameter(ScalarType type)
    {
        using var model = new SmallNet(type: type);
        var report = ModelWeights.Load(model, Fixture.Path("small.pth"));
        Assert.All(report.Loaded, weight => Assert.Equal((ScalarType.Float32, type), (weight.FileType, weight.Type)));
        Assert.Equal(type, model.linear.weight.dtype);
        Assert.True(model.linear.weight.requires_grad);
        model.AssertLoaded();
    }

    [Fact]
    public void A_type_that_is_no_real_number_is_not_converted()
    {
        using var folder = new TemporaryFolder();
        using var model = new SmallNet();
        using var weight = ones(2, 3, int32);
        using var bias = ones(2);
        var path = Safetensors.Write(folder.File("a"), [new("linear.weight", weight), new("linear.bias", bias)]);
        var error = Assert.Throws<WeightMismatchException>(() => ModelWeights.Load(model, path, strict: false));
        Assert.Equal(ScalarType.Int32, error.Report.Mismatched.Single().Found.Type);
        Assert.Contains("linear.weight: Float32 [2, 3] in the model, Int32 [2, 3] in the file", error.Message);
        Assert.True(model.IsUntouched);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_shape_is_never_stretched(bool strict)
    {
        using var folder = new TemporaryFolder();
        using var model = new SmallNet();
        using var weight = ones(1, 3);
        using var bias = ones(2);
        var path = Safetensors.Write(folder.File("a"), [new("linear.bias", bias), new("linear.weight", weight)]);
        var error = Assert.Throws<WeightMismatchException>(() => ModelWeights.Load(model, path, strict: strict));
        Assert.Equal(
            $"{path} doesn't fit SmallNet; nothing is loaded. "
                + "1 mismatched: linear.weight: Float32 [2, 3] in the model, Float32 [1, 3] in the file.",
            error.Message);
        Assert.True(model.IsUntouched);
    }

    [Fact]
    public void Missing_and_unexpected_names_are_refused_unless_tolerated()
    {
        using var folder = new TemporaryFolder();
        using var model = new SmallNet();
        using var bias = zeros(2);
        var path = Safetensors.Write(folder.File("a"), [new("linear.bias", bias), new("other.bias", bias)]);
        var error = Assert.Throws<WeightMismatchException>(() => ModelWeights.Load(model, path));
        Assert.Equal(["linear.weight"], error.Report.Missing);
        Assert.Equal(["other.bias"], error.Report.Unexpected);
        Assert.Equal(
            $"{path} doesn't fit SmallNet; nothing is loaded. 1 missing: linear.weight. 1 unexpected: other.bias.", error.Message);
        Assert.True(model.IsUntouched);

        var report = ModelWeights.Load(model, path, strict: false);
        Assert.False(report.IsComplete);
        Assert.Equal(["linear.weight"], report.Missing);
        Assert.Equal([0, 0], Fixture.Values(model.linear.bias!));
        Assert.Equal(100, Fixture.Values(model.linear.weight)[0]);
        Assert.Equal($"{path}: 1 loaded, 1 missing, 1 unexpected\nmissing: linear.weight\nunexpected: other.bias", report.ToString());
    }

    [Fact]
    public void A_weight_in_another_memory_order_is_filled()
    {
        using var model = new SmallNet();
        using (no_grad())
            model.linear.weight.set_(zeros(3, 2).t());
        Assert.False(model.linear.weight.is_contiguous());
        ModelWeights.Load(model, Fixture.Path("small.pth"));
        model.AssertLoaded();
    }

    [Fact]
    public void Tensors_of_several_chunks_are_converted()
    {
        const long Rows = 751;
        using var folder = new TemporaryFolder();
        using var model = new SmallNet(Rows * 2000);
        using var weight = arange(3 * Rows * 2000, float64).remainder_(1009).view(Rows * 2000, 3);
        using var bias = ones(Rows * 2000);
        var path = Safetensors.Write(folder.File("a"), [new("linear.weight", weight), new("linear.bias", bias)]);
        ModelWeights.Load(model, path);
        Assert.True(model.linear.weight.to(float64).equal(weight).all().item<bool>());
    }

    [Fact]
    public void Batch_counters_that_old_files_lack_are_kept()
    {
        using var model = new DeclaredResNet();
        var renaming = WeightRenaming.None.RemovePrefix("module.");
        var report = ModelWeights.Load(model, Fixture.Path("resnet_parallel.pth"), renaming);
        Assert.Equal(6, report.Kept.Count);
        Assert.True(report.IsComplete);
        AssertOutputs(model, 1e-6);
        Assert.Equal(0, model.state_dict()["bn1.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void A_batch_counter_without_its_mean_is_missing()
    {
        using var model = new DeclaredResNet();
        var renaming = WeightRenaming.None.RemovePrefix("module.").Ignore(@"^bn1\.running_mean$");
        var error = Assert.Throws<WeightMismatchException>(() => ModelWeights.Load(model, Fixture.Path("resnet_parallel.pth"), renaming));
        Assert.Equal(["bn1.running_mean", "bn1.num_batches_tracked"], error.Report.Missing);
        Assert.Equal([new IgnoredWeight("module.bn1.running_mean", @"Ignore(""^bn1\.running_mean$"")")], error.Report.Ignored);
    }

    [Fact]
    public void A_prefix_that_stands_in_the_way_is_named()
    {
        using var model = new DeclaredResNet();
        var error = Assert.Throws<WeightMismatchException>(() => ModelWeights.Load(model, Fixture.Path("resnet_parallel.pth")));
        Assert.EndsWith("RemovePrefix(\"module.\").", error.Message);
        using var nested = nn.Sequential(("backbone", new DeclaredResNet()));
        error = Assert.Throws<WeightMismatchException>(() => ModelWeights.Load(nested, Fixture.Path("resnet.pth")));
        Assert.EndsWith("AddPrefix(\"backbone.\").", error.Message);
        ModelWeights.Load(nested, Fixture.Path("resnet.pth"), WeightRenaming.None.AddPrefix("backbone."));
        AssertOutputs(nested, 1e-6);
    }

    [Fact]
    public void Tied_weights_need_one_of_their_names()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var (weight, three) = (arange(15, float32).view(5, 3), arange(3, float32));
        foreach (var names in new[] { new[] { "tokens.weight" }, ["head.weight"], ["tokens.weight", "head.weight"] })
        {
            using var model = new DeclaredWithTies();
            Assert.Equal(["scale", "offset", "tokens.weight", "head.weight"], model.state_dict().Keys);
            var path = Safetensors.Write(
                folder.File("a"), [.. names.Select(name => KeyValuePair.Create(name, weight)), new("scale", three), new("offset", three)]);
            Assert.True(ModelWeights.Load(model, path).IsComplete);
            Assert.True(model.state_dict()["head.weight"].equal(weight).all().item<bool>());
            Assert.Equal([0, 1, 2], Fixture.Values(model.Offset));
            Assert.Equal([1, 1, 1], Fixture.Values(model.Mask));
        }
        using var other = new DeclaredWithTies();
        var lacking = Safetensors.Write(folder.File("a"), [new("scale", three), new("offset", three)]);
        Assert.Equal(["tokens.weight", "head.weight"], Assert.Throws<WeightMismatchException>(() => ModelWeights.Load(other, lacking)).Report.Missing);
        var withMask = Safetensors.Write(folder.File("a"), [new("head.weight", weight), new("scale", three), new("offset", three), new("mask", three)]);
        Assert.Equal(["mask"], Assert.Throws<WeightMismatchException>(() => ModelWeights.Load(other, withMask)).Report.Unexpected);
    }

    [Fact]
    public void What_is_saved_is_loaded()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        foreach (var (model, other) in new (nn.Module, nn.Module)[]
                 {
                     (new DeclaredResNet(), new HandWrittenResNet()), (new DeclaredWithTies(), new DeclaredWithTies()),
                 })
        {
            var path = ModelWeights.Save(model, folder.File("sub/m.safetensors"));
            Assert.True(ModelWeights.Load(other, path).IsComplete);
            var loaded = other.state_dict();
            Assert.All(model.state_dict(), entry => Assert.True(entry.Value.equal(loaded[entry.Key]).all().item<bool>(), entry.Key));
            model.Dispose();
            other.Dispose();
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_ordinary_error()
    {
        using var model = new SmallNet();
        Assert.Throws<FileNotFoundException>(() => ModelWeights.Load(model, Fixture.Path("none")));
        Assert.Contains("is a folder", Assert.Throws<WeightFileException>(() => ModelWeights.Load(model, AppContext.BaseDirectory)).Message);
    }

    [Theory]
    [InlineData("", "is empty; expected safetensors")]
    [InlineData("weights", "has a format that is not known; expected safetensors")]
    [InlineData("{}", "without 'weight_map'")]
    public void Other_files_are_told_what_is_expected(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.pth", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Contains(problem, Assert.Throws<WeightFileException>(() => WeightFile.Open(path)).Message);
    }

    private static void AssertOutputs(nn.Module<Tensor, Tensor> model, double tolerance)
    {
        using var scope = NewDisposeScope();
        model.eval();
        var images = arange(2 * 3 * 8 * 8, float64).mul_(0.13).sin_().reshape(2, 3, 8, 8).to(float32);
        var found = Fixture.Values(model.call(images));
        Assert.Equal(Outputs.Length, found.Length);
        Assert.All(Outputs.Zip(found), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }
}

using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

public sealed class PyTorchTests
{
    [Fact]
    public void Every_type_is_read_as_PyTorch_wrote_it()
    {
        using var file = WeightFile.Open(Fixture.Path("types.pth"));
        Assert.Equal(WeightFormat.PyTorch, file.Format);
        SafetensorsTests.AssertTypes(file);
    }

    [Theory]
    [InlineData("small.pth", null)]
    [InlineData("renamed.pth", null)]
    [InlineData("deflated.pth", null)]
    [InlineData("nested.pth", null)]
    [InlineData("nested.pth", "state_dict")]
    [InlineData("checkpoint.pth", null)]
    [InlineData("two.pth", "model")]
    [InlineData("parameters.pth", null)]
    [InlineData("parameters.pth", "")]
    public void A_state_dict_is_found_wherever_it_stands(string name, string? entry)
    {
        using var model = new SmallNet();
        ModelWeights.Load(model, Fixture.Path(name), entry: entry);
        model.AssertLoaded();
    }

    [Fact]
    public void An_entry_deeper_down_is_named_with_slashes()
    {
        using var model = new SmallNet();
        ModelWeights.Load(model, Fixture.Path("two.pth"), entry: "ema/weights");
        Assert.Equal(Fixture.Values(0, 6).Select(value => value + 1), Fixture.Values(model.linear.weight));
    }

    [Fact]
    public void What_is_no_tensor_is_reported_as_ignored()
    {
        using var model = new SmallNet();
        var report = ModelWeights.Load(model, Fixture.Path("parameters.pth"));
        Assert.Equal([new IgnoredWeight("epoch", "no tensor")], report.Ignored);
    }

    [Theory]
    [InlineData("two.pth", null, "in several entries; name one of them: 'model' (2 tensors), 'ema/weights' (2 tensors).")]
    [InlineData("two.pth", "ema", "has no tensors in an entry 'ema'; it has 'model' (2 tensors), 'ema/weights' (2 tensors).")]
    [InlineData("checkpoint.pth", "optimizer", "has no tensors in an entry 'optimizer'; it has 'model' (2 tensors).")]
    [InlineData("none.pth", null, "holds no tensors by name; it has 'epoch' (a number).")]
    [InlineData("tensor.pth", null, "holds a tensor; expected a dictionary of tensors")]
    [InlineData("module.pth", null, "mentions torch.nn.modules.linear.Linear, which is refused")]
    [InlineData("size.pth", "model", "mentions torch.Size, which is refused")]
    [InlineData("legacy.pth", null, "from before 1.6. Load it in Python and save it again")]
    [InlineData("plain.pkl", null, "is a pickle without PyTorch's archive round it")]
    [InlineData("bigendian.pth", null, "has byte order 'big'; expected 'little'")]
    public void What_is_refused_is_named(string name, string? entry, string problem)
    {
        var error = Assert.Throws<WeightFileException>(() => WeightFile.Open(Fixture.Path(name), entry));
        Assert.Contains(problem, error.Message);
        Assert.Equal(Fixture.Path(name), error.Path);
    }

    [Fact]
    public void Views_are_read_through_their_offsets_and_strides()
    {
        using var scope = NewDisposeScope();
        using var file = WeightFile.Open(Fixture.Path("views.pth"));
        var all = Fixture.Values(0, 24);
        double At(int row, int column) => all[(6 * row) + column];
        AssertTensor(file, "whole", [4, 6], all);
        AssertTensor(file, "transposed", [6, 4], from column in Enumerable.Range(0, 6) from row in Enumerable.Range(0, 4) select At(row, column));
        AssertTensor(file, "column", [4], Enumerable.Range(0, 4).Select(row => At(row, 2)));
        AssertTensor(file, "block", [2, 3], from row in Enumerable.Range(1, 2) from column in Enumerable.Range(2, 3) select At(row, column));
        AssertTensor(file, "spread", [2, 2], [At(0, 0), At(0, 3), At(2, 0), At(2, 3)]);
        AssertTensor(file, "scalar", [], [At(3, 5)]);
        AssertTensor(file, "repeated", [3, 1], [At(0, 1), At(0, 1), At(0, 1)]);
        AssertTensor(file, "empty", [0, 6], []);
        AssertTensor(file, "first", [3], Fixture.Values(1, 3));
        AssertTensor(file, "second", [3], Fixture.Values(1, 3));
    }

    [Theory]
    [InlineData(new long[] { 2, 2 }, new long[] { 1, 20_000_000 }, 1)]
    [InlineData(new long[] { 2, 3, 2 }, new long[] { 20_000_000, 2, 1 }, 0)]
    public void Values_far_apart_are_read_without_those_between(long[] shape, long[] strides, long start)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        const long Count = 20_000_100;
        var all = arange(Count, int32);
        var data = all.bytes.ToArray();
        var path = folder.Write("a.pth", PickleFile.Zip(PickleFile.Tensor("IntStorage", Count, start, shape, strides), ("a/data/0", data)));
        using var file = WeightFile.Open(path);
        Assert.True(file.Read("w").equal(all.as_strided(shape, strides, start)).all().item<bool>());
    }

    private static void AssertTensor(WeightFile file, string name, long[] shape, IEnumerable<double> values)
    {
        var tensor = file.Read(name);
        Assert.Equal(shape, tensor.shape);
        Assert.Equal(values, Fixture.Values(tensor));
    }
}

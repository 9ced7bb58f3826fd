using System.Text;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

public sealed class ShardTests
{
    [Fact]
    public void A_sharded_model_is_loaded_by_its_index()
    {
        using var model = new SmallNet();
        var report = ModelWeights.Load(model, Fixture.Path("model.safetensors.index.json"));
        Assert.Equal(2, report.Loaded.Count);
        model.AssertLoaded();
        using var file = WeightFile.Open(Fixture.Path("model.safetensors.index.json"));
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Theory]
    [InlineData(32, new[] { "m.safetensors" })]
    [InlineData(31, new[] { "m-00001-of-00002.safetensors", "m-00002-of-00002.safetensors", "m.safetensors.index.json" })]
    [InlineData(1, new[] { "m-00001-of-00002.safetensors", "m-00002-of-00002.safetensors", "m.safetensors.index.json" })]
    public void Shards_are_no_larger_than_allowed(long maximum, string[] files)
    {
        using var folder = new TemporaryFolder();
        using var model = new SmallNet();
        ModelWeights.Load(model, Fixture.Path("small.safetensors"));
        var path = ModelWeights.Save(model, folder.File("m.safetensors"), maximumShardBytes: maximum);
        Assert.Equal(folder.File(files[^1]), path);
        Assert.Equal(files, folder.Names);
        using var other = new SmallNet();
        ModelWeights.Load(other, path);
        other.AssertLoaded();
    }

    [Fact]
    public void Tensors_stay_together_up_to_the_limit()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 7).Select(index => KeyValuePair.Create($"t{index}", ones(index == 3 ? 100 : 10)));
        var path = Safetensors.Write(folder.File("m.safetensors"), tensors, maximumShardBytes: 80);
        using var index = JsonDocument.Parse(File.ReadAllBytes(path));
        var places = index.RootElement.GetProperty("weight_map").EnumerateObject().Select(entry => entry.Value.GetString()![2..7]);
        Assert.Equal(["00001", "00001", "00002", "00003", "00004", "00004", "00005"], places);
        Assert.Equal(640, index.RootElement.GetProperty("metadata").GetProperty("total_size").GetInt64());
    }

    [Theory]
    [InlineData("""{"weight_map":{"linear.bias":"../b"}}""", "in '../b'; expected the name of a file beside the index")]
    [InlineData("""{"weight_map":{"linear.bias":"/etc/passwd"}}""", "expected the name of a file beside the index")]
    [InlineData("""{"weight_map":{"linear.bias":".."}}""", "expected the name of a file beside the index")]
    [InlineData("""{"weight_map":{"linear.bias":"none.safetensors"}}""", "names 'none.safetensors', which can't be opened beside it")]
    [InlineData("""{"weight_map":{"linear.bias":"b.safetensors","x":"b.safetensors"}}""", "lists tensor 'x' in 'b.safetensors', which doesn't have it")]
    [InlineData("""{"weight_map":{"linear.bias":"b.safetensors","linear.weight":"b.safetensors"}}""", "which doesn't have it")]
    [InlineData("""{"weight_map":{"x":"b.safetensors"}}""", "doesn't list tensor 'linear.bias' in 'b.safetensors'")]
    [InlineData("""{"weight_map":{"linear.bias":"b.safetensors","linear.bias":"b.safetensors"}}""", "the key 'linear.bias' twice")]
    [InlineData("""{"weight_map":{"linear.bias":1}}""", "Number where a string is expected")]
    [InlineData("""{"map":{}}""", "without 'weight_map'")]
    [InlineData("""{"metadata":{"total_size":8},"weight_map":{"linear.bias":"b.safetensors"}}""", null)]
    public void An_index_is_compared_with_its_files(string json, string? problem)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Fixture.Path("model-00002-of-00002.safetensors"), folder.File("b.safetensors"));
        var path = folder.Write("m.index.json", Encoding.UTF8.GetBytes(json));
        if (problem is null)
        {
            using var file = WeightFile.Open(path);
            using var bias = file.Read("linear.bias");
            Assert.Equal(Fixture.Values(1, 2), Fixture.Values(bias));
            return;
        }
        Assert.Contains(problem, Assert.Throws<WeightFileException>(() => WeightFile.Open(path)).Message);
    }

    [Fact]
    public void An_older_model_stays_whole_when_writing_fails()
    {
        using var folder = new TemporaryFolder();
        using var model = new SmallNet();
        var path = ModelWeights.Save(model, folder.File("m.safetensors"), maximumShardBytes: 8);
        var (names, contents) = (folder.Names, folder.Names.ToDictionary(name => name, name => File.ReadAllBytes(folder.File(name))));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(
        [
            (folder.File("m-00001-of-00002.safetensors"), stream => stream.WriteByte(1)),
            (path, _ => throw new InvalidOperationException("the disk is full")),
        ]));
        Assert.Equal(names, folder.Names);
        Assert.All(names, name => Assert.Equal(contents[name], File.ReadAllBytes(folder.File(name))));
    }

    [Fact]
    public void Files_that_belong_together_are_replaced_together()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a", [1]);
        folder.Write("index", [2]);
        AtomicFile.Write([(folder.File("a"), stream => stream.WriteByte(3)), (folder.File("index"), stream => stream.WriteByte(4))]);
        Assert.Equal(["a", "index"], folder.Names);
        Assert.Equal(3, File.ReadAllBytes(folder.File("a")).Single());
        Assert.Equal(4, File.ReadAllBytes(folder.File("index")).Single());
    }
}

using System.Buffers.Binary;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

public sealed class SafetensorsTests
{
    [Fact]
    public void Every_type_is_read_as_it_was_written()
    {
        using var file = WeightFile.Open(Fixture.Path("types.safetensors"));
        Assert.Equal(WeightFormat.Safetensors, file.Format);
        Assert.Equal(new Dictionary<string, string> { ["format"] = "pt", ["note"] = "straße \"1\"" }, file.Metadata);
        AssertTypes(file);
    }

    [Fact]
    public void Every_type_is_written_so_that_it_is_read_again()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var source = WeightFile.Open(Fixture.Path("types.safetensors"));
        var tensors = source.Entries.ToDictionary(entry => entry.Name, entry => source.Read(entry.Name));
        var path = Safetensors.Write(folder.File("a.safetensors"), tensors, new Dictionary<string, string> { ["note"] = "ä\n\"" });
        using var file = WeightFile.Open(path);
        Assert.Equal(new Dictionary<string, string> { ["format"] = "pt", ["note"] = "ä\n\"" }, file.Metadata);
        AssertTypes(file);
    }

    [Fact]
    public void Bytes_are_those_of_the_published_layout()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["b"] = tensor(new byte[] { 1, 2, 3 }), ["a"] = tensor(new[] { 1f, -2f }) };
        var bytes = File.ReadAllBytes(Safetensors.Write(folder.File("a"), tensors));
        const string Header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}""";
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(Header.PadRight(length), Encoding.UTF8.GetString(bytes, 8, length));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 1, 2, 3], bytes[(8 + length)..]);
    }

    [Fact]
    public void Strided_empty_and_chunked_tensors_are_written()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var large = arange(9_000_000, float32).view(3000, 3000);
        var tensors = new Dictionary<string, Tensor> { ["t"] = large.t(), ["empty"] = zeros(0, 3), ["scalar"] = tensor(5L) };
        using var file = WeightFile.Open(Safetensors.Write(folder.File("a"), tensors));
        Assert.True(file.Read("t").equal(large.t()).all().item<bool>());
        Assert.Equal([0, 3], file.Read("empty").shape);
        Assert.Equal(5, file.Read("scalar").item<long>());
    }

    [Fact]
    public void Types_that_the_format_lacks_are_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        using var complex = zeros(2, complex64);
        var error = Assert.Throws<ArgumentException>(() => Safetensors.Write(folder.File("a"), new Dictionary<string, Tensor> { ["c"] = complex }));
        Assert.StartsWith("c has type ComplexFloat32, which is not written; expected one of F64, F32,", error.Message);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_name_twice_and_the_reserved_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var one = ones(1);
        Assert.Throws<ArgumentException>(() => Safetensors.Write(folder.File("a"), [new("x", one), new("x", one)]));
        Assert.Throws<ArgumentException>(() => Safetensors.Write(folder.File("a"), [new("__metadata__", one)]));
        Safetensors.Write(folder.File("a"), [new("x", one), new("X", one)]);
    }

    /// <summary>What is right but for one thing: the header, how many bytes stand behind it, what the message says.</summary>
    public static TheoryData<string, int, string?> Headers => new()
    {
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   """, 8, null },
        { """ {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "format" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x""", 8, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},}""", 8, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "expected no surplus" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "0 to 8 of 7 bytes" },
        { """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "not what Float32 [3] takes" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "8 to 0" },
        { """{"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}""", 2, "has dtype 'F8_E4M3' in tensor 'a'; expected one of F64, F32" },
        { """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "not an integer from 0" },
        { """{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", 8, "not an integer from 0" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""", 8, "0 to 9223372036854775807" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}}""", 8, "not an integer from 0" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "not what Float32 [4294967296, 4294967296]" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}""", 0, "not what" },
        { """{"a":{"dtype":"F32","shape":[4294967296,0],"data_offsets":[0,0]}}""", 0, null },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "the key 'a' twice" },
        { """{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "the key 'dtype' twice" },
        { """{"__metadata__":{"x":"1","x":"2"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "the key 'x' twice" },
        { """{"__metadata__":{"x":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "Number where a string" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "'more' in tensor 'a'" },
        { """{"a":{"dtype":"F32","shape":[2]}}""", 8, "without all of" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "more than 2 numbers" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}""", 8, "without all of" },
        { """{"a":[1]}""", 0, "where an object is expected" },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""", 5, "no holes and no overlaps" },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "no holes and no overlaps" },
        { """{"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 4, null },
        { """{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "no holes and no overlaps" },
        { """{"a\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "not valid JSON" },
        { "{}", 0, null },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Headers_are_read_strictly(string header, int bytes, string? problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.safetensors", Contents(header, bytes));
        if (problem is null)
        {
            using var file = WeightFile.Open(path);
            Assert.Equal(WeightFormat.Safetensors, file.Format);
            return;
        }
        var error = Assert.Throws<WeightFileException>(() => WeightFile.Open(path).Dispose());
        Assert.StartsWith($"{path}: ", error.Message);
        Assert.Contains(problem, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(100_000_001UL, "at most 100000000 are allowed")]
    [InlineData(100_000_000UL, "and has 64 in all")]
    [InlineData(ulong.MaxValue, "at most 100000000 are allowed")]
    [InlineData(0x8000_0000_0000_0000UL, "at most 100000000 are allowed")]
    [InlineData(57UL, "and has 64 in all")]
    public void A_header_longer_than_the_file_is_not_believed(ulong length, string problem)
    {
        using var folder = new TemporaryFolder();
        var contents = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(contents, length);
        contents[8] = (byte)'{';
        var path = folder.Write("a.safetensors", contents);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WeightFileException>(() => WeightFile.Open(path).Dispose());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public void A_header_that_is_no_UTF8_is_refused()
    {
        using var folder = new TemporaryFolder();
        var contents = Contents("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8);
        contents[10] = 0xff;
        Assert.Contains("not valid UTF-8", Assert.Throws<WeightFileException>(() => WeightFile.Open(folder.Write("a", contents))).Message);
    }

    [Fact]
    public void An_unknown_name_is_an_error_of_the_caller()
    {
        using var file = WeightFile.Open(Fixture.Path("small.safetensors"));
        Assert.Throws<ArgumentException>(() => file.Read("linear"));
        Assert.Throws<WeightFileException>(() => WeightFile.Open(Fixture.Path("small.safetensors"), entry: "model"));
    }

    private static byte[] Contents(string header, int bytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var contents = new byte[8 + text.Length + bytes];
        BinaryPrimitives.WriteInt64LittleEndian(contents, text.Length);
        text.CopyTo(contents, 8);
        return contents;
    }

    internal static void AssertTypes(WeightFile file)
    {
        Assert.Equal(Fixture.TypeCodes.Select(code => $"type.{code}").Order(), file.Entries.Select(entry => entry.Name).Order());
        foreach (var (place, code) in Fixture.TypeCodes.Index())
        {
            using var tensor = file.Read($"type.{code}");
            Assert.Equal(Fixture.Types[place], tensor.dtype);
            Assert.Equal(Fixture.TypeShapes[place], tensor.shape);
            Assert.Equal(Fixture.Values(place, tensor.numel(), tensor.dtype), Fixture.Values(tensor));
        }
    }
}

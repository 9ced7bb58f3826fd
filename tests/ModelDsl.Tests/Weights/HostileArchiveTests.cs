using System.IO.Compression;

namespace ModelDsl.Tests.Weights;

/// <summary>Archives that claim what they don't have. Each is right but for one thing.</summary>
public sealed class HostileArchiveTests
{
    private const long Huge = long.MaxValue;

    [Theory]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { 3, 1 }, null)]
    [InlineData(6, 3, new long[] { 3 }, new long[] { 1 }, null)]
    [InlineData(6, 4, new long[] { 3 }, new long[] { 1 }, "which leave its storage of 6 values")]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { 4, 1 }, "which leave its storage of 6 values")]
    [InlineData(6, -1, new long[] { 2, 3 }, new long[] { 3, 1 }, "which leave its storage")]
    [InlineData(6, 5, new long[] { 2 }, new long[] { -1 }, "which leave its storage")]
    [InlineData(6, Huge, new long[] { 2 }, new long[] { Huge }, "which leave its storage")]
    [InlineData(6, 0, new long[] { 2, 2, 2, 2 }, new long[] { Huge, Huge, Huge, Huge }, "which leave its storage")]
    [InlineData(6, 6, new long[] { }, new long[] { }, "which leave its storage")]
    [InlineData(6, 5, new long[] { 1 }, new long[] { Huge }, null)]
    [InlineData(6, 6, new long[] { 0 }, new long[] { 1 }, null)]
    [InlineData(6, 7, new long[] { 0 }, new long[] { 1 }, "which leave its storage")]
    [InlineData(6, 0, new long[] { -2, -3 }, new long[] { 3, 1 }, "impossible sizes [-2, -3]")]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { 1 }, "impossible sizes [2, 3]")]
    [InlineData(6, 0, new long[] { Huge, 2 }, new long[] { 0, 0 }, "impossible sizes")]
    [InlineData(6, 0, new long[] { 1L << 40 }, new long[] { 0 }, "repeats the 6 values")]
    [InlineData(6, 0, new long[] { 1000, 1000 }, new long[] { 0, 0 }, null)]
    [InlineData(7, 0, new long[] { 2, 3 }, new long[] { 3, 1 }, "has 24 bytes in entry 'a/data/0', but tensor 'w' expects 7 values Float32")]
    [InlineData(-6, 0, new long[] { 2, 3 }, new long[] { 3, 1 }, "expects -6 values")]
    [InlineData(1L << 62, 0, new long[] { 2, 3 }, new long[] { 3, 1 }, "expects 4611686018427387904 values")]
    public void Views_stay_in_their_storages(long count, long start, long[] shape, long[] strides, string? problem) =>
        Check(PickleFile.Zip(PickleFile.Tensor("FloatStorage", count, start, shape, strides), ("a/data/0", new byte[24])), problem);

    public static TheoryData<object[], string> Pickles => new()
    {
        { ["cos\nsystem\n(", PickleFile.Text("true"), "tR"], "mentions os.system, which is refused" },
        { ["c__builtin__\neval\n"], "mentions __builtin__.eval, which is refused" },
        { ["ctorch\nComplexFloatStorage\n"], "mentions torch.ComplexFloatStorage, which is refused" },
        { ["ctorch.FloatStorage\n\n"], "mentions torch.FloatStorage." },
        { ["c" + new string('x', 300) + "\n\n"], "no end of line within 256 bytes" },
        { ["cos\u001b[31m\nsystem\n"], "mentions os?[31m.system" },
        { ["}\u0081"], "operation 0x81, which no state dict uses" },
        { ["i"], "operation 0x69" },
        { ["}", 1, "\u0081"], "operation 0x81" },
        { ["\u0080\u0004"], "pickle protocol 4; expected 2" },
        { ["h\u0005"], "recalls value 5" },
        { ["j\u00ff\u00ff\u00ff\u00ff"], "recalls value 4294967295" },
        { ["q\u0001"], "empty stack" },
        { ["R"], "empty stack" },
        { [""], "empty stack" },
        { ["}(0"], "operation 0x30" },
        { ["}(R"], "empty stack" },
        { ["}t"], "a mark that is not there" },
        { ["}(", PickleFile.Text("a"), "u"], "a key without a value" },
        { ["}})s"], "a key that is neither a string nor a number" },
        { ["]", 1, 2, "s"], "expects a dictionary" },
        { ["}", 1, "a"], "expects a list" },
        { ["]}b"], "expects a dictionary" },
        { [PickleFile.Text("a"), "Q"], "refers to something that is no storage" },
        { ["(", PickleFile.Text("storage"), "ccollections\nOrderedDict\n", PickleFile.Text("0"), PickleFile.Text("cpu"), 1, "tQ"], "no storage" },
        { [1, ")R"], "calls something that is no class" },
        { ["ccollections\nOrderedDict\n(", 1, "tR"], "other arguments for collections.OrderedDict" },
        { ["ctorch\nFloatStorage\n)R"], "other arguments for torch.FloatStorage" },
        { ["ctorch._utils\n_rebuild_parameter\n(", 1, "\u0089tR"], "other arguments for torch._utils._rebuild_parameter" },
        { ["X\u00ff\u00ff\u00ff\u007f"], "ends in the midst" },
        { ["X\u00ff\u00ff\u00ff\u00ff"], "ends in the midst" },
        { ["X\u0001\u0000\u0000\u0000\u00ff"], "not valid UTF-8" },
        { ["\u008a\u0009123456789"], "an integer of 9 bytes" },
        { ["J12"], "ends in the midst" },
        { ["N"], "holds None; expected a dictionary" },
        { ["]"], "holds a list; expected a dictionary" },
        { ["}"], "holds no tensors by name; it has nothing" },
        { [new string('(', 257)], "nested deeper than 256" },
    };

    [Theory]
    [MemberData(nameof(Pickles))]
    public void Pickles_are_read_strictly(object[] parts, string problem) => Check(PickleFile.Zip(PickleFile.Pickle(parts)), problem);

    [Fact]
    public void Operations_and_remembered_values_are_limited()
    {
        var many = new byte[PickleReader.MaximumOperations];
        Array.Fill(many, (byte)'N');
        Check(PickleFile.Zip(PickleFile.Pickle(many)), "more than 8000000 operations");

        var remembered = new byte[(PickleReader.MaximumMemo + 1) * 5];
        for (var index = 0; index < remembered.Length / 5; index++)
        {
            remembered[5 * index] = (byte)'r';
            BitConverter.TryWriteBytes(remembered.AsSpan((5 * index) + 1), index);
        }
        Check(PickleFile.Zip(PickleFile.Pickle("}", remembered)), "memorizes more than 4000000 values");
    }

    [Fact]
    public void A_dictionary_in_itself_is_walked_once()
    {
        // d = {"a": d}, and forty dictionaries each of which holds the one before twice.
        object[] nested = ["}q\u0000", .. Enumerable.Range(1, 40).SelectMany(index => new object[]
        {
            $"}}q{(char)index}", PickleFile.Text("a"), $"h{(char)(index - 1)}s", PickleFile.Text("b"), $"h{(char)(index - 1)}s",
        })];
        Check(PickleFile.Zip(PickleFile.Pickle(["}q\u0000", PickleFile.Text("a"), "h\u0000s"])), "holds no tensors by name");
        Check(PickleFile.Zip(PickleFile.Pickle(nested)), "holds no tensors by name");
    }

    [Fact]
    public void Deflated_entries_have_what_they_claim_and_no_more()
    {
        var pickle = PickleFile.Tensor("FloatStorage", 1000, 0, [1000], [1]);
        var zip = PickleFile.Zip(pickle, CompressionLevel.Optimal, ("a/data/0", new byte[4000]));
        Check(zip, null);
        foreach (var (claim, problem) in new[] { (3996, "more than the 3996 bytes"), (4004, "before its 4004 bytes") })
        {
            // The directory claims the wrong length and the pickle with it.
            var claimed = PickleFile.Tensor("FloatStorage", claim / 4, 0, [claim / 4], [1]);
            zip = PickleFile.Zip(claimed, CompressionLevel.Optimal, ("a/data/0", new byte[4000]));
            BitConverter.TryWriteBytes(zip.AsSpan(zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 24), claim);
            using var folder = new TemporaryFolder();
            using var file = WeightFile.Open(folder.Write("a.pth", zip));
            Assert.Contains(problem, Assert.Throws<WeightFileException>(() => file.Read("w")).Message);
        }
    }

    [Fact]
    public void A_bomb_is_not_inflated()
    {
        // A hundred megabytes of zeros in a hundred kilobytes, of which the tensor uses the first and the last value.
        const int Count = 25_000_000;
        var spread = PickleFile.Tensor("FloatStorage", Count, 0, [2], [Count - 1]);
        Check(PickleFile.Zip(spread, CompressionLevel.Optimal, ("a/data/0", new byte[4 * Count])), "spread over 25000000 values that are deflated");

        var large = PickleFile.Zip("N."u8.ToArray(), CompressionLevel.Optimal);
        BitConverter.TryWriteBytes(large.AsSpan(large.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 24), PickleReader.MaximumBytes);
        Check(large, "entry 'a/data.pkl' ends or is damaged before its 134217728 bytes");
        BitConverter.TryWriteBytes(large.AsSpan(large.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 24), PickleReader.MaximumBytes + 1);
        Check(large, "has 134217729 bytes; at most 134217728 are read");
    }

    [Fact]
    public void An_archive_has_one_state_dict()
    {
        var pickle = PickleFile.Tensor("FloatStorage", 1, 0, [], []);
        Check(PickleFile.Zip(pickle, ("a/data/0", new byte[4])), null);
        Check(PickleFile.Zip(pickle, ("a/data/0", new byte[4]), ("b/c/data.pkl", pickle)), null);
        Check(PickleFile.Zip(pickle, ("a/data/0", new byte[4]), ("b/data.pkl", pickle)), "with 2 entries NAME/data.pkl; expected one");
        Check(PickleFile.Zip(pickle, ("a/data/0", new byte[4]), ("a/constants.pkl", pickle)), "is a TorchScript archive");
        Check(PickleFile.Zip(pickle, ("a/data/0", new byte[4]), ("a/data/0", new byte[4])), "has two entries 'a/data/0'");
        Check(PickleFile.Zip(pickle, ("a/data/1", new byte[4])), "has no entry 'a/data/0'");
        Check(PickleFile.Zip(pickle, ("a/data/0", new byte[4]), ("a/byteorder", "little"u8.ToArray())), null);
        Check(PickleFile.Zip(pickle, ("a/data/0", new byte[4]), ("a/byteorder", "middle"u8.ToArray())), "has byte order '?'");
        Check(PickleFile.Zip(pickle, ("a/data/0", new byte[4]), ("a/byteorder", new byte[17])), "at most 16 are read");
    }

    private static void Check(byte[] contents, string? problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.pth", contents);
        if (problem is null)
        {
            using var file = WeightFile.Open(path);
            using var tensor = file.Read("w");
            Assert.Equal(file.Entries.Single().Count, tensor.numel());
            return;
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WeightFileException>(() => WeightFile.Open(path).Dispose());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000 + (100L * contents.Length));
        Assert.Contains(problem, error.Message);
        Assert.DoesNotContain('\u001b', error.Message);
    }
}

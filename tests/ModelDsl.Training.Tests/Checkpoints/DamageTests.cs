using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ModelDsl.Training.Tests.Checkpoints;

/// <summary>Files that were cut off or changed: the one before is read with a warning, or nothing with one clear line.</summary>
[Collection(TorchGenerator.Name)]
public sealed class DamageTests : IDisposable
{
    private const int Damages = 1000;
    private const int Older = 6;
    private const int Newest = 7;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly byte[] _older;
    private readonly byte[] _newest;

    public DamageTests()
    {
        // Dies after the eighth step, with the checkpoints of the sixth and the seventh.
        using (var trainee = new Trainee(_folder, new() { EverySteps = 1 }) { DieAfter = 7 })
            Assert.Throws<OperationCanceledException>(() => trainee.Run());
        Assert.Equal([PathOf(Newest), PathOf(Older)], TrainingCheckpoints.FilesOf(_folder));
        _older = File.ReadAllBytes(PathOf(Older));
        _newest = File.ReadAllBytes(PathOf(Newest));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_damaged_newest_file_gives_the_one_before_and_a_warning()
    {
        var random = new Random(1);
        for (var trial = 0; trial < Damages; trial++)
        {
            var what = Damage(PathOf(Newest), _newest, random);
            var warnings = new List<string>();

            using var checkpoint = TrainingCheckpoint.Read(_folder, warnings.Add);

            Assert.True(checkpoint.Steps == Older, what);
            var warning = Assert.Single(warnings);
            Assert.StartsWith(PathOf(Newest), warning, StringComparison.Ordinal);
            Assert.EndsWith("Going on from the one before, step-000000006.checkpoint.", warning, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', warning);
        }
    }

    [Fact]
    public void Two_damaged_files_are_one_clear_error()
    {
        var random = new Random(2);
        for (var trial = 0; trial < Damages; trial++)
        {
            Damage(PathOf(Newest), _newest, random);
            Damage(PathOf(Older), _older, random);

            var error = Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Read(_folder, _ => Assert.Fail("It read one.")));

            Assert.StartsWith($"{_folder} has no checkpoint that can be read. {PathOf(Newest)} is ", error.Message, StringComparison.Ordinal);
            Assert.Contains(PathOf(Older), error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void Without_damage_the_newest_is_read_without_a_word()
    {
        using var checkpoint = TrainingCheckpoint.Read(_folder, message => Assert.Fail(message));

        Assert.Equal(Newest, checkpoint.Steps);
    }

    [Fact]
    public void A_file_that_is_named_is_never_replaced_by_another()
    {
        Damage(PathOf(Newest), _newest, new Random(3));

        Assert.Throws<InvalidDataException>(() => TrainingCheckpoint.Read(PathOf(Newest), _ => Assert.Fail("It read another.")));
    }

    [Fact]
    public void A_training_that_falls_back_ends_as_ever_and_removes_the_damaged_file()
    {
        using var expected = new Trainee(Path.Combine(_folder, "in-one-go"), new());
        var whole = expected.State(expected.Run());
        File.WriteAllBytes(PathOf(Newest), _newest[..100]);
        using var trainee = new Trainee(_folder, new() { WeightSeed = 5 });

        var actual = trainee.State(trainee.Resume(_folder, _ => { }));

        Assert.Equal(whole, actual);
        Assert.Equal([PathOf(15), PathOf(10)], TrainingCheckpoints.FilesOf(_folder));
    }

    [Fact]
    public void Another_version_is_said_and_not_taken_for_damage()
    {
        // Written as the format says: the trailer's checksum covers magic, version and table.
        var tableLength = BinaryPrimitives.ReadInt32LittleEndian(_newest.AsSpan(_newest.Length - 36));
        BinaryPrimitives.WriteInt32LittleEndian(_newest.AsSpan(8), 7);
        byte[] front = [.. _newest[..12], .. _newest[^(36 + tableLength)..^36]];
        SHA256.HashData(front).CopyTo(_newest, _newest.Length - 32);
        File.WriteAllBytes(PathOf(Newest), _newest);

        foreach (var place in new[] { _folder, PathOf(Newest) })
        {
            var error = Assert.ThrowsAny<IOException>(() => TrainingCheckpoint.Read(place, _ => Assert.Fail("It went on.")));
            Assert.Contains("format 7, and this version reads format 1", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_checkpoint_is_said()
    {
        var weights = Path.Combine(_folder, "model.dat");
        using (var trainee = new Trainee(_folder))
            Checkpoint.Save(trainee.Model, weights);
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;

        AssertSays<InvalidDataException>(weights, "model.dat is no checkpoint of a training");
        AssertSays<FileNotFoundException>(empty, "has no checkpoint (step-*.checkpoint)");
        AssertSays<FileNotFoundException>(Path.Combine(_folder, "missing"), "there is no such file or folder");
    }

    [Fact]
    public void The_weights_of_a_checkpoint_load_alone()
    {
        using var trainee = new Trainee(_folder, new() { WeightSeed = 9 });
        using var other = new Trainee(_folder, new() { Width = 8 });
        using var checkpoint = TrainingCheckpoint.Read(_folder, _ => { });

        checkpoint.LoadModel(trainee.Model);
        var error = Assert.Throws<InvalidDataException>(() => checkpoint.LoadModel(other.Model));

        Assert.Contains("[4, 1, 3, 3] in it and Float32 [8, 1, 3, 3] in the model", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSays<TException>(string place, string what)
        where TException : Exception
    {
        var error = Assert.Throws<TException>(() => TrainingCheckpoint.Read(place, _ => { }));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    /// <summary>Cuts the file off at a random place, or changes one byte, or appends some.</summary>
    private static string Damage(string path, byte[] whole, Random random)
    {
        var damaged = whole.ToArray();
        var place = random.Next(whole.Length);
        var kind = random.Next(8);
        if (kind < 3)
            damaged = damaged[..place];
        else if (kind < 7)
            damaged[place] ^= (byte)(1 << random.Next(8));
        else
            damaged = [.. damaged, .. new byte[1 + random.Next(100)]];
        File.WriteAllBytes(path, damaged);
        return $"kind {kind} at {place} of {whole.Length}";
    }

    private string PathOf(int steps) => Path.Combine(_folder, $"step-{steps:D9}.checkpoint");
}

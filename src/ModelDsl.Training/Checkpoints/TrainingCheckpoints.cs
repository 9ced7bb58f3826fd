namespace ModelDsl.Training;

/// <summary>
/// A folder with the last two states of a training, each a file <c>step-000000123.checkpoint</c> with all that the training
/// needs to go on as if nothing had happened: see <see cref="TrainingCheckpoint"/>.
/// </summary>
/// <remarks>
/// A file is written beside the others, flushed to the disk and renamed; only then is the oldest removed. Once a new file is
/// safe, checkpoints of another training in the folder are removed too, and so are damaged ones.
/// </remarks>
/// <param name="folder">The folder; made where it is missing.</param>
public sealed class TrainingCheckpoints(string folder)
{
    private const string Prefix = "step-";
    private const string Extension = ".checkpoint";
    private const int Kept = 2;

    private readonly List<string> _own = [];

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>
    /// The steps after which a state is written, counted from the beginning of the training. Default 0: after each epoch and
    /// when interrupted; that is done in any case.
    /// </summary>
    public int EverySteps { get; init; }

    /// <summary>
    /// What the training was asked for, by name: width, normalization, data. A checkpoint is not gone on from with other
    /// options.
    /// </summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The checkpoints of a folder, newest first, read or not.</summary>
    public static IReadOnlyList<string> FilesOf(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, $"{Prefix}*{Extension}")
            .Where(file => StepOf(file) is not null)
            .OrderByDescending(file => StepOf(file)),
    ];

    /// <summary>Writes the state after <paramref name="progress"/>, and removes what is no longer needed.</summary>
    internal void Write(TrainingParts parts, TrainingProgress progress)
    {
        var path = Path.Combine(Folder, $"{Prefix}{progress.Steps.Count:D9}{Extension}");
        CheckpointFile.Write(path, TrainingCheckpoint.Sections(parts, progress, Options));
        _own.Remove(path);
        _own.Add(path);
        RemoveOthers();
    }

    /// <summary>Begins a chain of checkpoints: after <paramref name="resumed"/>, or anew where it is null.</summary>
    internal void Begin(string? resumed)
    {
        _own.Clear();
        if (resumed is not null)
            _own.Add(Path.GetFullPath(resumed));
    }

    private static long? StepOf(string file)
    {
        var digits = Path.GetFileNameWithoutExtension(file)[Prefix.Length..];
        return digits.All(char.IsAsciiDigit) && long.TryParse(digits, out var step) ? step : null;
    }

    private void RemoveOthers()
    {
        if (_own.Count > Kept)
            _own.RemoveRange(0, _own.Count - Kept);
        var unfinished = Directory.EnumerateFiles(Folder, $"{Prefix}*{Extension}.*{AtomicFile.UnfinishedExtension}");
        foreach (var file in FilesOf(Folder).Except(_own).Concat(unfinished))
            File.Delete(file);
    }
}

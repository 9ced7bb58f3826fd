using static TorchSharp.torch;

namespace ModelDsl.Training;

/// <summary>
/// The state of a training after one of its steps, read completely and checked: the model's parameters and buffers, the
/// optimizer, the gradient noise, random numbers, the place in the data and the records so far. A
/// <see cref="TrainingLoop{TBatch}"/> that resumes from it ends where one that was never interrupted would have ended, to the
/// bit.
/// </summary>
/// <remarks>
/// Sharpness-aware minimization has no state of its own; its optimizer's is here. What a program sets up by its code it sets up
/// again: frozen parameters, hooks, learning-rate schedules. Generators of accelerators can't be read, so dropout on a GPU
/// draws other masks after resuming.
/// </remarks>
public sealed class TrainingCheckpoint : IDisposable
{
    private const string OptionsSection = "options";
    private const string ModelSection = "model";
    private const string OptimizerSection = "optimizer";
    private const string NoiseSection = "gradient noise";
    private const string RandomSection = "random";
    private const string ProgressSection = "progress";

    private readonly NamedTensors _model;
    private readonly SavedOptimizer _optimizer;
    private readonly GradientNoiseState? _noise;
    private readonly Tensor _random;

    private TrainingCheckpoint(string path, CheckpointFile file)
    {
        FilePath = path;
        Options = Read(file, OptionsSection, ReadOptions);
        Progress = Read(file, ProgressSection, ProgressFormat.Read);
        _noise = Read(file, NoiseSection, GradientNoiseFormat.Read);
        _model = Read(file, ModelSection, NamedTensors.Read);
        _optimizer = Read(file, OptimizerSection, SavedOptimizer.Read);
        _random = Read(file, RandomSection, TensorFormat.Read);
    }

    /// <summary>The file it was read from.</summary>
    public string FilePath { get; }

    /// <summary>The epochs that were done.</summary>
    public int Epochs => Progress.Epoch - 1;

    /// <summary>The steps that were done, over all epochs.</summary>
    public int Steps => Progress.Steps.Count;

    /// <summary>What the training was asked for: <see cref="TrainingCheckpoints.Options"/>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; }

    internal TrainingProgress Progress { get; }

    /// <summary>Reads a checkpoint, and checks all of it before returning.</summary>
    /// <param name="path">A checkpoint, or a folder with some: then the newest that is whole is read.</param>
    /// <param name="warn">Told in one line of each newer one in the folder that is damaged.</param>
    /// <exception cref="IOException">
    /// There is no such file or folder, no checkpoint in it, or another version wrote it.
    /// </exception>
    /// <exception cref="InvalidDataException">The file, or each one in the folder, is damaged or no checkpoint.</exception>
    public static TrainingCheckpoint Read(string path, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(warn);
        if (File.Exists(path))
            return ReadFile(path);
        if (!Directory.Exists(path))
            throw new FileNotFoundException(
                $"{path}: there is no such file or folder. Give a checkpoint, or the folder of a training that was interrupted.");
        return ReadNewest(path, warn);
    }

    /// <summary>Loads the model's parameters and buffers alone, to use it or to train on in another way.</summary>
    /// <exception cref="InvalidDataException">The model isn't the one that was saved; nothing is changed then.</exception>
    public void LoadModel(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Require(_model.Misfit(model));
        _model.Apply(model);
    }

    /// <summary>Refuses options that differ from <see cref="Options"/>, before anything is done.</summary>
    /// <exception cref="InvalidDataException">An option differs; the message names it with both values.</exception>
    public void RequireOptions(IReadOnlyDictionary<string, string> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require(Options.Keys.Union(options.Keys)
            .Where(name => Options.GetValueOrDefault(name) != options.GetValueOrDefault(name))
            .Select(name => $"{name} is {Options.GetValueOrDefault(name, "unset")} in it and "
                + $"{options.GetValueOrDefault(name, "unset")} here")
            .FirstOrDefault());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _optimizer.Dispose();
        _random.Dispose();
    }

    internal static IEnumerable<CheckpointSection> Sections(
        TrainingParts parts, TrainingProgress progress, IReadOnlyDictionary<string, string> options) =>
    [
        new(OptionsSection, writer => WriteOptions(writer, options)),
        new(ProgressSection, writer => ProgressFormat.Write(writer, progress)),
        new(NoiseSection, writer => GradientNoiseFormat.Write(writer, parts.GradientNoise?.State)),
        new(ModelSection, writer => NamedTensors.Write(writer, parts.Model)),
        new(OptimizerSection, writer => SavedOptimizer.Write(writer, parts.Optimizer)),
        new(RandomSection, WriteRandom),
    ];

    /// <summary>
    /// Refuses to go on with another training than the one that was saved. Nothing was changed yet, and
    /// <see cref="Apply"/> won't fail halfway.
    /// </summary>
    /// <param name="parts">The training here, as it was made.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="options">What it was asked for; null where it isn't known.</param>
    /// <exception cref="InvalidDataException">Something differs; the message names it.</exception>
    internal void RequireFit(TrainingParts parts, TrainingSettings settings, IReadOnlyDictionary<string, string>? options)
    {
        if (options is not null)
            RequireOptions(options);
        Require(Progress.Settings.Misfit(settings));
        Require(_model.Misfit(parts.Model));
        Require(_optimizer.Misfit(parts.Optimizer));
        Require(GradientNoiseFormat.Misfit(_noise, parts.GradientNoise));
        using var random = get_rng_state();
        Require(TensorFormat.Fits(_random, random) ? null : "its random numbers are of another version of libtorch");
    }

    /// <summary>The error that the training here isn't the one that was saved.</summary>
    internal InvalidDataException Misfit(string difference) => new(
        $"{FilePath} is of another training: {difference}. Go on with what it was begun with, or start anew elsewhere.");

    /// <summary>Puts the whole state back. The random numbers come last: nothing may draw any after that.</summary>
    internal void Apply(TrainingParts parts)
    {
        _model.Apply(parts.Model);
        _optimizer.Apply(parts.Optimizer);
        if (parts.GradientNoise is { } meter && _noise is not null)
            meter.State = _noise;
        set_rng_state(_random);
    }

    private static TrainingCheckpoint ReadFile(string path)
    {
        using var file = CheckpointFile.Open(path);
        return new(path, file);
    }

    private static TrainingCheckpoint ReadNewest(string folder, Action<string> warn)
    {
        var damaged = new List<string>();
        foreach (var path in TrainingCheckpoints.FilesOf(folder))
        {
            try
            {
                var checkpoint = ReadFile(path);
                foreach (var message in damaged)
                    warn($"{message} Going on from the one before, {Path.GetFileName(path)}.");
                return checkpoint;
            }
            // A disk that can't read the newest may well read the one before.
            catch (Exception exception) when (exception is InvalidDataException or IOException and not OtherVersionException)
            {
                damaged.Add(exception.Message);
            }
        }
        throw damaged.Count > 0
            ? new InvalidDataException($"{folder} has no checkpoint that can be read. {string.Join(' ', damaged)}")
            : new FileNotFoundException(
                $"{folder} has no checkpoint (step-*.checkpoint). Give the folder of a training that was interrupted.");
    }

    private static T Read<T>(CheckpointFile file, string section, Func<BinaryReader, T> read)
    {
        using var reader = file.Read(section);
        return read(reader);
    }

    private static void WriteOptions(BinaryWriter writer, IReadOnlyDictionary<string, string> options)
    {
        writer.Write(options.Count);
        foreach (var (name, value) in options)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    private static Dictionary<string, string> ReadOptions(BinaryReader reader)
    {
        var options = new Dictionary<string, string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            options.Add(reader.ReadString(), reader.ReadString());
        return options;
    }

    private static void WriteRandom(BinaryWriter writer)
    {
        using var state = get_rng_state();
        TensorFormat.Write(writer, state);
    }

    private void Require(string? misfit)
    {
        if (misfit is not null)
            throw Misfit(misfit);
    }
}

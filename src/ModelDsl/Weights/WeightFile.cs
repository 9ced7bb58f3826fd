using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// An open file of weights: safetensors, the index of a sharded one, or a state dict that PyTorch 1.6 or later saved. Opening
/// reads and checks the headers; values are read when they are asked for. Nothing in a file is ever executed.
/// </summary>
public sealed class WeightFile : IDisposable
{
    private readonly List<InputFile> _files;
    private readonly WeightContents _contents;

    private WeightFile(string path, List<InputFile> files, WeightContents contents)
    {
        Path = path;
        _files = files;
        _contents = contents;
        Entries = [.. contents.Tensors.Select(tensor => tensor.Entry)];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The format that its content has, whatever its name.</summary>
    public WeightFormat Format => _contents.Format;

    /// <summary>The tensors, in the order of the file.</summary>
    public IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>The texts under <c>__metadata__</c> of safetensors; empty in PyTorch's format.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _contents.Metadata;

    /// <summary>Names beside the tensors that hold something else, such as <c>epoch</c>.</summary>
    public IReadOnlyList<string> Others => _contents.Others;

    internal IReadOnlyList<StoredTensor> Tensors => _contents.Tensors;

    /// <summary>Opens a file and recognises its format by its content.</summary>
    /// <param name="path">The file; of a sharded model its <c>.index.json</c>.</param>
    /// <param name="entry">
    /// In PyTorch's format the dictionary that is meant, where the file has several: <c>"state_dict"</c>, nested ones with
    /// slashes, <c>""</c> for the outermost. Null: the only one that holds tensors.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">
    /// The file is damaged or of another format, there is no such <paramref name="entry"/>, or several dictionaries hold tensors;
    /// the message lists them.
    /// </exception>
    public static WeightFile Open(string path, string? entry = null)
    {
        var files = new List<InputFile>();
        try
        {
            var file = InputFile.Open(path);
            files.Add(file);
            var format = FormatRecognition.Recognize(file);
            if (entry is not null && format != WeightFormat.PyTorch)
                throw file.Wrong($"has no entry '{entry}': safetensors has no nested dictionaries; leave the entry out.");
            return new(path, files, format switch
            {
                WeightFormat.Safetensors => SafetensorsReader.Read(file),
                WeightFormat.SafetensorsIndex => SafetensorsIndex.Read(file, files),
                _ => PyTorchArchive.Read(file, entry),
            });
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">Its name in <see cref="Entries"/>.</param>
    /// <returns>A new contiguous tensor on the CPU, of the file's type.</returns>
    /// <exception cref="ArgumentException">The file has no such tensor.</exception>
    /// <exception cref="WeightFileException">The values are damaged.</exception>
    public Tensor Read(string name)
    {
        var source = Tensors.FirstOrDefault(tensor => tensor.Entry.Name == name)
            ?? throw new ArgumentException($"{Path} has no tensor '{name}'; see {nameof(Entries)}.", nameof(name));
        source.Region.Verify();
        var target = empty([.. source.Entry.Shape], source.Entry.Type);
        TensorReader.Copy(source, target);
        return target;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());
}

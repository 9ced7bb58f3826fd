using System.Text;

namespace ModelDsl;

/// <summary>Reads the headers of the zip archive that <c>torch.save</c> writes: a pickle, and each storage as an entry.</summary>
internal sealed class PyTorchArchive
{
    private const string Pickle = "/data.pkl";
    private const long RepeatedValues = 1 << 20;

    private readonly InputFile _file;
    private readonly ZipDirectory _directory;
    private readonly string _folder;
    private readonly Dictionary<string, (PickleStorage Storage, ByteRegion Region)> _storages = new(StringComparer.Ordinal);

    private PyTorchArchive(InputFile file, ZipDirectory directory, string folder) =>
        (_file, _directory, _folder) = (file, directory, folder);

    /// <param name="file">The file.</param>
    /// <param name="entry">The dictionary that is meant; null for the only one that holds tensors.</param>
    /// <exception cref="WeightFileException">The file is wrong, or which dictionary is meant isn't clear.</exception>
    public static WeightContents Read(InputFile file, string? entry)
    {
        var directory = ZipDirectory.Read(file);
        var archive = new PyTorchArchive(file, directory, Folder(file, directory));
        archive.CheckByteOrder();
        var root = PickleReader.Read(file, directory.Region(archive._folder + Pickle).ReadAll(PickleReader.MaximumBytes));
        var state = StateDictChoice.Find(file, root, entry);
        return new(WeightFormat.PyTorch, archive.Tensors(state), new Dictionary<string, string>(), Others(state));
    }

    /// <summary>The archive's own name, which is that of the file that was first written.</summary>
    private static string Folder(InputFile file, ZipDirectory directory)
    {
        List<string> pickles = [.. directory.Names.Where(name => name.IndexOf('/') == name.Length - Pickle.Length
            && name.EndsWith(Pickle, StringComparison.Ordinal))];
        if (pickles is not [var pickle])
            throw file.Wrong($"is a zip archive with {pickles.Count} entries NAME{Pickle}; expected one, as torch.save writes.");
        var folder = pickle[..^Pickle.Length];
        return directory.Has($"{folder}/constants.pkl")
            ? throw file.Wrong(
                "is a TorchScript archive; save its state dict in Python: torch.save(torch.jit.load(path).state_dict(), path).")
            : folder;
    }

    private static List<string> Others(PickleDictionary state) =>
        [.. from item in state.Items where item.Value is not PickleTensor select $"{item.Key}"];

    /// <summary>Files from before PyTorch 2.1 don't say; all of them are little-endian but those of a few machines.</summary>
    private void CheckByteOrder()
    {
        var name = $"{_folder}/byteorder";
        if (!_directory.Has(name))
            return;
        var order = Encoding.ASCII.GetString(_directory.Region(name).ReadAll(limit: 16));
        if (order != "little")
            throw _file.Wrong(
                $"has byte order '{(order == "big" ? order : "?")}'; expected 'little': load it in Python on that machine "
                    + "and save it from a little-endian one.");
    }

    private List<StoredTensor> Tensors(PickleDictionary state)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tensors = new List<StoredTensor>();
        foreach (var (key, value) in state.Items)
        {
            if (value is not PickleTensor tensor)
                continue;
            if (key is not string name)
                throw _file.Wrong($"has a tensor under {Kind(key)} '{key}'; expected names.");
            if (!names.Add(name))
                throw _file.Wrong($"has two tensors '{name}'.");
            tensors.Add(Tensor(name, tensor));
        }
        return tensors;
    }

    private static string Kind(object? key) => StateDictChoice.Describe(key);

    private StoredTensor Tensor(string name, PickleTensor tensor)
    {
        var (storage, shape) = (tensor.Storage, tensor.Shape);
        var region = Region(name, storage);
        if (WeightShapes.Bytes(shape, storage.Type) is not { } bytes || shape.Length != tensor.Strides.Length)
            throw _file.Wrong($"gives tensor '{name}' impossible sizes {WeightShapes.Text(shape)}.");
        if (!Fits(tensor))
            throw _file.Wrong(
                $"gives tensor '{name}' sizes {WeightShapes.Text(shape)} and strides {WeightShapes.Text(tensor.Strides)} from "
                    + $"{tensor.Start} on, which leave its storage of {storage.Count} values.");
        var size = WeightTypes.Size(storage.Type);
        if (bytes / size > Math.Max(storage.Count, RepeatedValues))
            throw _file.Wrong($"repeats the {storage.Count} values of tensor '{name}' to {WeightShapes.Text(shape)}.");

        var contiguous = WeightShapes.Strides(shape);
        // The stride of an axis of one value says nothing.
        long[] strides = [.. tensor.Strides.Select((stride, axis) => shape[axis] <= 1 ? contiguous[axis] : stride)];
        var stored = new StoredTensor(new(name, storage.Type, shape), region, tensor.Start, strides);
        return region.IsDeflated && !stored.IsDense
            ? throw _file.Wrong(
                $"has tensor '{name}' spread over {stored.Extent} values that are deflated; save a contiguous copy.")
            : stored;
    }

    private ByteRegion Region(string name, PickleStorage storage)
    {
        if (_storages.TryGetValue(storage.Key, out var known))
            return known.Storage == storage
                ? known.Region
                : throw _file.Wrong($"describes storage '{storage.Key}' of tensor '{name}' in two ways.");
        var region = _directory.Region($"{_folder}/data/{storage.Key}");
        if (WeightShapes.Bytes([storage.Count], storage.Type) != region.Length)
            throw _file.Wrong(
                $"has {region.Length} bytes in {region.What}, "
                    + $"but tensor '{name}' expects {storage.Count} values {storage.Type} there.");
        _storages.Add(storage.Key, (storage, region));
        return region;
    }

    /// <summary>Whether all values lie in the storage.</summary>
    private static bool Fits(PickleTensor tensor)
    {
        if (tensor.Start < 0 || tensor.Strides.Any(stride => stride < 0))
            return false;
        if (tensor.Shape.Contains(0))
            return tensor.Start <= tensor.Storage.Count;
        Int128 last = tensor.Start;
        foreach (var (size, stride) in tensor.Shape.Zip(tensor.Strides))
        {
            last += (Int128)(size - 1) * stride;
            if (last >= tensor.Storage.Count)
                return false;
        }
        return last < tensor.Storage.Count;
    }
}

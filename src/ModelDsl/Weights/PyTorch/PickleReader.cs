using System.Buffers.Binary;
using System.Text;

namespace ModelDsl;

/// <summary>
/// Reads the pickle of a state dict: dictionaries, lists, tuples, strings, numbers and tensors. It is no general machine: a class
/// or function is known by name or refused, and nothing is called.
/// </summary>
internal sealed class PickleReader
{
    public const int MaximumBytes = 128 << 20;

    /// <summary>A hundred thousand tensors take about four million.</summary>
    public const int MaximumOperations = 8_000_000;

    public const int MaximumDepth = 256;

    public const int MaximumMemo = 4_000_000;

    private const int Protocol = 2;
    private const int MaximumGlobalBytes = 256;

    private const string Remedy = "save the state dict alone: torch.save(model.state_dict(), path)";

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly InputFile _file;
    private readonly byte[] _bytes;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _position;
    private int _start;
    private int _operations;

    private PickleReader(InputFile file, byte[] bytes) => (_file, _bytes) = (file, bytes);

    private int Bottom => _marks.Count > 0 ? _marks[^1] : 0;

    /// <summary>Reads a pickle.</summary>
    /// <returns>
    /// A <see cref="PickleDictionary"/>, a list of objects, an array of objects (a tuple), a string, a long, a double, a bool,
    /// null, a <see cref="PickleTensor"/>, a <see cref="PickleStorage"/> or a <see cref="PickleGlobal"/>.
    /// </returns>
    /// <exception cref="WeightFileException">The pickle is damaged, too large, or mentions something that is refused.</exception>
    public static object? Read(InputFile file, byte[] bytes) => new PickleReader(file, bytes).Run();

    private object? Run()
    {
        while (true)
        {
            _start = _position;
            if (++_operations > MaximumOperations)
                throw Wrong($"has more than {MaximumOperations} operations");
            var operation = Take(1)[0];
            if (operation == '.')
                return Pop();
            if (!Value(operation) && !Collection(operation))
                Other(operation);
        }
    }

    /// <summary>Operations that push a value of their own.</summary>
    private bool Value(byte operation)
    {
        switch (operation)
        {
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case (byte)'K': Push((long)Take(1)[0]); break;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 0x8a: Push(LongInteger()); break;
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case (byte)'X': Push(Text(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))))); break;
            case (byte)'c': Push(Global()); break;
            default: return false;
        }
        return true;
    }

    /// <summary>Operations that build dictionaries, lists and tuples.</summary>
    private bool Collection(byte operation)
    {
        switch (operation)
        {
            case (byte)'}': Push(new PickleDictionary()); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)')': Push(Array.Empty<object?>()); break;
            case (byte)'(': Mark(); break;
            case (byte)'t': Push(PopToMark()); break;
            case 0x85: Push(Pop(1)); break;
            case 0x86: Push(Pop(2)); break;
            case 0x87: Push(Pop(3)); break;
            case (byte)'s': SetItems(Pop(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;
            case (byte)'a': Append(Pop(1)); break;
            case (byte)'e': Append(PopToMark()); break;
            default: return false;
        }
        return true;
    }

    private void Other(byte operation)
    {
        switch (operation)
        {
            case 0x80:
                CheckProtocol(Take(1)[0]);
                break;
            case (byte)'q':
                Memorize(Take(1)[0]);
                break;
            case (byte)'r':
                Memorize(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));
                break;
            case (byte)'h':
                Recall(Take(1)[0]);
                break;
            case (byte)'j':
                Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));
                break;
            case (byte)'Q':
                Push(Storage(Pop()));
                break;
            case (byte)'R':
                Reduce();
                break;
            case (byte)'b':
                // The versions of the modules, which PyTorch keeps beside an OrderedDict's items.
                Pop();
                Top<PickleDictionary>("a dictionary");
                break;
            default:
                throw Wrong($"has operation 0x{operation:x2}, which no state dict uses; {Remedy}");
        }
    }

    private void CheckProtocol(byte version)
    {
        if (version != Protocol)
            throw Wrong($"is of pickle protocol {version}; expected {Protocol}, the default of torch.save");
    }

    private long LongInteger()
    {
        var length = Take(1)[0];
        if (length > 8)
            throw Wrong($"has an integer of {length} bytes; at most 8 are read");
        var bytes = Take(length);
        var value = length > 0 && (bytes[^1] & 0x80) != 0 ? -1L : 0L;
        for (var index = length - 1; index >= 0; index--)
            value = (value << 8) | bytes[index];
        return value;
    }

    private string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw Wrong("has a string that is not valid UTF-8", exception);
        }
    }

    private PickleGlobal Global()
    {
        var (module, name) = (Line(), Line());
        return PickleGlobal.Find(module, name)
            ?? throw Wrong(
                $"mentions {module}.{name}, which is refused: only tensors, dictionaries and plain values are read; {Remedy}");
    }

    private string Line()
    {
        var rest = _bytes.AsSpan(_position);
        var length = rest[..Math.Min(rest.Length, MaximumGlobalBytes)].IndexOf((byte)'\n');
        if (length < 0)
            throw Wrong($"has no end of line within {MaximumGlobalBytes} bytes of a class's name");
        return Text(Take(length + 1)[..length]);
    }

    private void Mark()
    {
        if (_marks.Count == MaximumDepth)
            throw Wrong($"is nested deeper than {MaximumDepth}");
        _marks.Add(_stack.Count);
    }

    private void SetItems(object?[] items)
    {
        var dictionary = Top<PickleDictionary>("a dictionary");
        if (items.Length % 2 != 0)
            throw Wrong("sets a key without a value");
        for (var index = 0; index < items.Length; index += 2)
        {
            if (items[index] is not (null or string or long or bool or double))
                throw Wrong("has a key that is neither a string nor a number");
            dictionary.Add(items[index], items[index + 1]);
        }
    }

    private void Append(object?[] items) => Top<List<object?>>("a list").AddRange(items);

    private void Memorize(uint index)
    {
        _memo[index] = Peek();
        if (_memo.Count > MaximumMemo)
            throw Wrong($"memorizes more than {MaximumMemo} values");
    }

    private void Recall(uint index)
    {
        if (!_memo.TryGetValue(index, out var value))
            throw Wrong($"recalls value {index}, which was not memorized");
        Push(value);
    }

    private PickleStorage Storage(object? identity) =>
        identity is object?[] and ["storage", PickleGlobal { Storage: { } type }, string key, string, long count]
            ? new(key, type, count)
            : throw Wrong("refers to something that is no storage");

    private void Reduce()
    {
        var arguments = Pop();
        Push((Pop(), arguments) switch
        {
            (PickleGlobal global, object?[] and []) when global == PickleGlobal.OrderedDictionary => new PickleDictionary(),
            (PickleGlobal global, object?[] and [PickleStorage storage, long start, object?[] shape, object?[] strides, bool, ..])
                when global == PickleGlobal.Tensor => new PickleTensor(storage, start, Sizes(shape), Sizes(strides)),
            (PickleGlobal global, object?[] and [PickleTensor tensor, bool, ..]) when global == PickleGlobal.Parameter => tensor,
            (PickleGlobal global, _) => throw Wrong($"has other arguments for {global.Name} than state dicts have"),
            _ => throw Wrong("calls something that is no class"),
        });
    }

    private long[] Sizes(object?[] values)
    {
        if (values.Length > WeightShapes.MaximumRank)
            throw Wrong($"has a tensor of {values.Length} axes; at most {WeightShapes.MaximumRank} are read");
        var sizes = new long[values.Length];
        for (var index = 0; index < sizes.Length; index++)
            sizes[index] = values[index] as long? ?? throw Wrong("has a tensor's size or stride that is no integer");
        return sizes;
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] Pop(int count)
    {
        var first = _stack.Count - count;
        if (first < Bottom)
            throw Wrong("takes a value from an empty stack");
        var values = new object?[count];
        _stack.CopyTo(first, values, 0, count);
        _stack.RemoveRange(first, count);
        return values;
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw Wrong("takes values up to a mark that is not there");
        var values = Pop(_stack.Count - _marks[^1]);
        _marks.RemoveAt(_marks.Count - 1);
        return values;
    }

    private T Top<T>(string description)
    {
        var value = Peek();
        return value is T fitting ? fitting : throw Wrong($"expects {description} where there is none");
    }

    /// <summary>None of what lies below a mark is touched before the mark is gone.</summary>
    private object? Peek() => _stack.Count > Bottom ? _stack[^1] : throw Wrong("takes a value from an empty stack");

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > _bytes.Length - _position)
            throw Wrong("ends in the midst of an operation; the file is incomplete");
        var taken = _bytes.AsSpan(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private WeightFileException Wrong(string problem, Exception? cause = null) =>
        _file.Wrong($"the pickle, byte {_start}, {problem}.", cause);
}

using System.Text.Json;
using System.Text.Unicode;

namespace ModelDsl;

/// <summary>JSON in a file of weights, read strictly: no key twice, no comments, no surplus.</summary>
internal ref struct JsonText
{
    private const int MaximumDepth = 16;

    private readonly InputFile _file;
    private readonly string _what;
    private Utf8JsonReader _reader;

    private JsonText(InputFile file, string what, ReadOnlySpan<byte> text)
    {
        _file = file;
        _what = what;
        _reader = new(text, new JsonReaderOptions { MaxDepth = MaximumDepth });
    }

    /// <summary>Reads the members of an object that fills the text.</summary>
    public delegate void Member(ref JsonText json, string name);

    /// <exception cref="WeightFileException">The text is not one object, or the members' readers refuse it.</exception>
    public static void Read(InputFile file, string what, ReadOnlySpan<byte> text, Member member)
    {
        if (!Utf8.IsValid(text))
            throw file.Wrong($"{what} is not valid UTF-8; the file is damaged.");
        try
        {
            var json = new JsonText(file, what, text);
            json.Next();
            json.Object(member);
            json._reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw file.Wrong($"{what} is not valid JSON: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>Reads the object that the reader stands on; each member's reader leaves it at the end of its value.</summary>
    public void Object(Member member)
    {
        Expect(JsonTokenType.StartObject, "an object");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (Next() != JsonTokenType.EndObject)
        {
            var name = _reader.GetString()!;
            if (!names.Add(name))
                throw Wrong($"has the key '{name}' twice");
            Next();
            member(ref this, name);
        }
    }

    public readonly string String()
    {
        Expect(JsonTokenType.String, "a string");
        return _reader.GetString()!;
    }

    /// <summary>Reads an array of integers from 0 to 2^63 - 1, no more than <paramref name="maximum"/> of them.</summary>
    public long[] Numbers(int maximum)
    {
        Expect(JsonTokenType.StartArray, "an array");
        var numbers = new List<long>();
        while (Next() != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.Number, "a number");
            if (!_reader.TryGetInt64(out var number) || number < 0)
                throw Wrong("has a number that is not an integer from 0 to 2^63 - 1");
            if (numbers.Count == maximum)
                throw Wrong($"has an array of more than {maximum} numbers");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    public void Skip() => _reader.Skip();

    public readonly WeightFileException Wrong(string problem) =>
        _file.Wrong($"{_what}, byte {_reader.TokenStartIndex}, {problem}.");

    private JsonTokenType Next()
    {
        _reader.Read();
        return _reader.TokenType;
    }

    private readonly void Expect(JsonTokenType type, string description)
    {
        if (_reader.TokenType != type)
            throw Wrong($"has {_reader.TokenType} where {description} is expected");
    }
}

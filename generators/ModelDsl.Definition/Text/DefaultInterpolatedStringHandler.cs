using System.Globalization;
using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>
/// What the compiler makes of <c>$"..."</c> here, as netstandard2.0 has no such type: numbers are written alike under every
/// culture, since what these assemblies write is C# and messages in English. A machine set to Swedish has another minus.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct DefaultInterpolatedStringHandler
{
    private const int UsualLength = 11;

    private readonly StringBuilder _text;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount) =>
        _text = new(literalLength + UsualLength * formattedCount);

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value) => _text.Append(value);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format) => _text.Append(
        value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    public string ToStringAndClear() => _text.ToString();
}

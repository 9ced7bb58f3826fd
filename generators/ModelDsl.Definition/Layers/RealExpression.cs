using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>A number as it was declared.</summary>
/// <param name="Code">C# over the constructor's parameters.</param>
/// <param name="Value">Its value, where it is a constant.</param>
public sealed record RealExpression(string Code, double? Value)
{
    /// <summary>Whether it is written as a number, so that reading it costs nothing.</summary>
    public bool IsLiteral => double.TryParse(Code, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    public static RealExpression Of(double value) => new(value.ToString("R", CultureInfo.InvariantCulture), value);
}

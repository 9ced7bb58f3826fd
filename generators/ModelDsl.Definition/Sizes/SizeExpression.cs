namespace ModelDsl.Definition;

/// <summary>A size as it was declared.</summary>
/// <param name="Code">C# over the constructor's parameters, with properties inlined; what the generated code says.</param>
/// <param name="Value">What it means; null where it can't be known, as for an element of an array.</param>
/// <param name="Dividend">Where it is a division: what is divided, as C#.</param>
/// <param name="Divisor">Where it is a division: by what, as C#.</param>
public sealed record SizeExpression(string Code, Size? Value, string? Dividend = null, string? Divisor = null)
{
    public static SizeExpression Of(long value) => Of(Size.Constant(value));

    public static SizeExpression Of(Size value) => new(value.ToString(), value);

    /// <summary>The code, fit to stand in a larger expression.</summary>
    public string Operand => IsSimple ? Code : $"({Code})";

    private bool IsSimple => Code.All(character => char.IsLetterOrDigit(character) || character is '_' or '@');
}

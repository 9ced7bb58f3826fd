using System.Collections.Immutable;

namespace ModelDsl.Definition;

/// <summary>A function of <c>System.Math</c> that arithmetic may use.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Arity">How many numbers it takes.</param>
/// <param name="Compute">Its value.</param>
/// <param name="KeepsIntegers">Whether it has an overload that makes an integer of integers.</param>
internal sealed record MathFunction(string Name, int Arity, Func<double[], double> Compute, bool KeepsIntegers = false)
{
    private static readonly ImmutableArray<MathFunction> All =
    [
        new("Abs", 1, static x => Math.Abs(x[0]), KeepsIntegers: true),
        new("Cbrt", 1, static x => x[0] < 0 ? -Math.Pow(-x[0], 1 / 3.0) : Math.Pow(x[0], 1 / 3.0)),
        new("Ceiling", 1, static x => Math.Ceiling(x[0])),
        new("Cos", 1, static x => Math.Cos(x[0])),
        new("Exp", 1, static x => Math.Exp(x[0])),
        new("Floor", 1, static x => Math.Floor(x[0])),
        new("Log", 1, static x => Math.Log(x[0])),
        new("Log10", 1, static x => Math.Log10(x[0])),
        new("Log2", 1, static x => Math.Log(x[0], 2)),
        new("Max", 2, static x => Math.Max(x[0], x[1]), KeepsIntegers: true),
        new("Min", 2, static x => Math.Min(x[0], x[1]), KeepsIntegers: true),
        new("Pow", 2, static x => Math.Pow(x[0], x[1])),
        new("Sin", 1, static x => Math.Sin(x[0])),
        new("Sqrt", 1, static x => Math.Sqrt(x[0])),
        new("Tanh", 1, static x => Math.Tanh(x[0])),
    ];

    /// <summary>The function that is written <c>Math.Sqrt</c>.</summary>
    public static MathFunction? Named(string name) => All.FirstOrDefault(function => function.Name == name);

    /// <summary>The function whose name stands alone, as in formulas: <c>sqrt</c>.</summary>
    public static MathFunction? Alone(string name) =>
        All.FirstOrDefault(function => string.Equals(function.Name, name, StringComparison.OrdinalIgnoreCase));
}

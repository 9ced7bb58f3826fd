using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Weights;

/// <summary>The files of Fixtures, which PyTorch wrote, and the closed form of their values: see make_fixtures.py.</summary>
internal static class Fixture
{
    public static readonly string[] TypeCodes = ["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"];

    public static readonly ScalarType[] Types =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32,
        ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
    ];

    public static readonly long[][] TypeShapes = [[2, 3], [3], [2, 2], [4], [], [2, 1], [3], [2], [5], [3]];

    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Weights", "Fixtures", name);

    /// <summary>The values of the tensor at a place of its list, in float64.</summary>
    public static double[] Values(int place, long count, ScalarType type = ScalarType.Float32) =>
        [.. Enumerable.Range(0, (int)count).Select(index => Value(((37 * place) + (11 * index)) % 64 - 32, type))];

    public static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return [.. tensor.to(float64).contiguous().view(-1).data<double>()];
    }

    private static double Value(int number, ScalarType type) => type switch
    {
        ScalarType.Bool => number & 1,
        ScalarType.Byte => number + 32,
        ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 => number / 16.0,
        _ => number,
    };
}

using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>What instrumented bodies call with the shape that was inferred; it keeps where another one came out.</summary>
public static class ShapeProbe
{
    /// <summary>Stands for an axis of which nothing is known.</summary>
    public const long Unknown = -1;

    private static readonly Dictionary<(object Model, string Symbol), long> Sizes = [];
    private static readonly List<string> Found = [];

    /// <summary>Where a shape was not the inferred one.</summary>
    public static IReadOnlyList<string> Mismatches => Found;

    /// <summary>The shapes that were compared.</summary>
    public static int Compared { get; private set; }

    /// <summary>The axes of those of which nothing was known.</summary>
    public static int UnknownAxes { get; private set; }

    public static void Begin()
    {
        Sizes.Clear();
        Found.Clear();
    }

    /// <summary>Says what a free size is in this pass.</summary>
    public static void Bind(object model, string symbol, long size) => Sizes[(model, symbol)] = size;

    public static long SizeOf(object model, string symbol)
    {
        if (Sizes.TryGetValue((model, symbol), out var size))
            return size;
        Found.Add($"{model.GetType().Name}: no input has said what {symbol} is");
        return 1;
    }

    /// <summary>Compares, and returns the tensor.</summary>
    public static Tensor Saw(string site, string inferred, Tensor tensor, params long[] expected)
    {
        Compared++;
        UnknownAxes += expected.Count(size => size == Unknown);
        var fits = tensor.ndim == expected.Length
            && expected.Zip(tensor.shape).All(pair => pair.First == Unknown || pair.First == pair.Second);
        if (!fits)
            Found.Add(
                $"{site}: inferred [{inferred}] = [{string.Join(", ", expected)}], found [{string.Join(", ", tensor.shape)}]");
        return tensor;
    }
}

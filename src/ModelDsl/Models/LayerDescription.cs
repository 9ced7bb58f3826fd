using System.Globalization;

namespace ModelDsl;

/// <summary>A declared layer.</summary>
/// <param name="Kind">The attribute that declares it: <c>Conv2d</c>.</param>
/// <param name="Name">
/// Its name in the state dict; empty for a layer that is no module. Of a repeated block <c>{index}</c> may stand in it.
/// </param>
/// <param name="Shape">The inferred shape that comes out: <c>N, width, 28, 28</c>.</param>
public sealed record LayerDescription(string Kind, string Name, string Shape)
{
    /// <summary>What stands in a name for the index of a repeated block.</summary>
    private const string Index = "{index}";

    /// <summary>The name of each of the repeated blocks, where it is more than <c>{index}</c> in <see cref="Name"/>.</summary>
    public Func<int, string>? BlockName { get; init; }

    /// <summary>Whether a label keeps what comes out for a shortcut further on in the stage.</summary>
    public bool IsLabelled { get; init; }

    /// <summary>Whether each of the repeated blocks has a name of its own.</summary>
    internal bool IsIndexed => BlockName is not null || Name.Contains(Index, StringComparison.Ordinal);

    /// <summary>The name of one of the repeated blocks.</summary>
    internal string NameOf(int index) =>
        BlockName?.Invoke(index) ?? Name.Replace(Index, index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}

using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What a stage was declared to take, checked each time it runs.</summary>
/// <param name="site">Model and stage: <c>ResNet.Stem</c>.</param>
/// <param name="layer">The layer that takes the input: <c>stem_conv</c>.</param>
/// <param name="axes">The axes as declared: <c>N, inChannels, H, W</c>.</param>
/// <param name="sizes">
/// The size of each axis, or null where it is free; where the axes start with <c>...</c> the first size stands for any number of
/// them.
/// </param>
public sealed class StageInput(string site, string layer, string axes, long?[] sizes)
{
    /// <summary>Throws unless the input has the declared rank and sizes.</summary>
    /// <exception cref="ArgumentException">It does not; the message names model, stage, layer, expected and found
    /// shape.</exception>
    public void Check(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Fits(input))
            return;
        GivenTensor.Forget();
        throw new ArgumentException($"{site}, {layer}: expected [{axes}]{Known()}, found [{string.Join(", ", input.shape)}].");
    }

    private bool Fits(Tensor input)
    {
        var known = IsOpen ? sizes.Length - 1 : sizes.Length;
        if (IsOpen ? input.ndim < known : input.ndim != known)
            return false;
        for (var axis = 1; axis <= known; axis++)
        {
            if (sizes[^axis] is { } size && input.size(-axis) != size)
                return false;
        }
        return true;
    }

    private bool IsOpen => axes.StartsWith("...", StringComparison.Ordinal);

    private string Known()
    {
        var known = string.Join(
            ", ",
            sizes.Select((size, axis) => axis == 0 && IsOpen
                ? "..."
                : size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any"));
        return known == axes ? "" : $" = [{known}]";
    }
}

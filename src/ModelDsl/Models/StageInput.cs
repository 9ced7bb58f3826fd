using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What a stage was declared to take, checked each time it runs.</summary>
/// <param name="site">Model and stage: <c>ResNet.Stem</c>.</param>
/// <param name="layer">The layer that takes the input: <c>stem_conv</c>.</param>
/// <param name="axes">The axes as declared: <c>N, inChannels, H, W</c>.</param>
/// <param name="sizes">The size of each axis, or null where it is free.</param>
public sealed class StageInput(string site, string layer, string axes, long?[] sizes)
{
    /// <summary>Throws unless the input has the declared rank and sizes.</summary>
    /// <exception cref="ArgumentException">It does not; the message names model, stage, layer, expected and found
    /// shape.</exception>
    public void Check(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!Fits(input))
            throw new ArgumentException(
                $"{site}, {layer}: expected [{axes}]{Known()}, found [{string.Join(", ", input.shape)}].");
    }

    private bool Fits(Tensor input)
    {
        if (input.ndim != sizes.Length)
            return false;
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] is { } size && input.size(axis) != size)
                return false;
        }
        return true;
    }

    private string Known()
    {
        var known = string.Join(", ",
            sizes.Select(size => size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any"));
        return known == axes ? "" : $" = [{known}]";
    }
}

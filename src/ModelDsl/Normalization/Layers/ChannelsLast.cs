using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Puts the channels of <c>[N, C, ...]</c> behind the positions.</summary>
internal static class ChannelsLast
{
    /// <summary><c>[N, ..., C]</c>, on the same memory.</summary>
    public static Tensor Of(Tensor input) => input.movedim([1], [-1]);

    /// <summary>What broadcasts to an input, as it broadcasts to the rearranged one.</summary>
    public static Tensor Of(Tensor addend, Tensor input)
    {
        using var whole = addend.expand(input.shape);
        return Of(whole);
    }
}

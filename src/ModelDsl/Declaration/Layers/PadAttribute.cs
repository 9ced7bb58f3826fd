namespace ModelDsl;

/// <summary>
/// What padding shares. <c>Padding</c> is one size for every side, or in a string one size for each, in PyTorch's order: the last
/// axis first, <c>"left, right, top, bottom, front, back"</c>.
/// </summary>
public abstract class PadAttribute : LayerAttribute
{
    private protected PadAttribute(object padding) => Padding = padding;

    /// <summary>The sizes of the padding.</summary>
    public object Padding { get; }
}

using TorchSharp;

namespace ModelDsl;

/// <summary>
/// Nests a module: another model, or a hand-written module whose <c>forward</c> has <see cref="ShapeAttribute"/>.
/// </summary>
/// <remarks>
/// <code>
/// [Block&lt;BasicBlock&gt;("channels: 2 * width, stride: index == 0 ? 2 : 1", Repeat = nameof(Blocks))]
/// </code>
/// Parameters that the input's shape determines are filled in. The rest are C# arguments over the constructor's
/// parameters, and over <c>index</c> and <c>count</c> of the repeat. A parameter of type <see cref="Normalization"/>
/// receives this model's choice.
/// </remarks>
/// <typeparam name="T">The module.</typeparam>
public sealed class BlockAttribute<T> : LayerAttribute
    where T : torch.nn.Module
{
    /// <summary>A block whose parameters all follow from the shape or have defaults.</summary>
    public BlockAttribute() => Arguments = "";

    /// <summary>A block with arguments, as they would stand in a call: <c>"channels: 2 * width"</c>.</summary>
    public BlockAttribute(string arguments) => Arguments = arguments;

    /// <summary>The arguments.</summary>
    public string Arguments { get; }

    /// <summary>How many of them run one after the other. Default: one, not in a list.</summary>
    public object Repeat { get; set; } = 1;
}

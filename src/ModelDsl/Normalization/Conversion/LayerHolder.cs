using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A field, or an element of a list or dictionary in a field, that holds a layer.</summary>
/// <param name="Name">The field: <c>BasicBlock.norm1</c>.</param>
/// <param name="Type">What it can hold.</param>
/// <param name="Put">Stores another layer.</param>
internal sealed record LayerHolder(string Name, Type Type, Action<nn.Module> Put);

using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A place in a tree of modules where a module stands.</summary>
/// <param name="Name">The name in the state dict, from the root on.</param>
/// <param name="Leaf">The name in <paramref name="Parent"/>.</param>
/// <param name="Module">What stands there.</param>
/// <param name="Parent">What registered it.</param>
/// <param name="Definer">
/// The nearest module round it that is no container, whose <c>forward</c> therefore says when it runs; null: none.
/// </param>
/// <param name="Model">The nearest declared model round it, or null.</param>
internal sealed record ModulePlace(
    string Name, string Leaf, nn.Module Module, nn.Module Parent, nn.Module? Definer, ModelCore? Model);

using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A module in a tree.</summary>
/// <param name="Name">Its name, from the root on.</param>
/// <param name="Module">The module.</param>
/// <param name="Model">The nearest model round it, or null.</param>
internal readonly record struct ModuleNode(string Name, nn.Module Module, ModelCore? Model);

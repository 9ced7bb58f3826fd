using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The modules that a module holds, in the order of the state dict.</summary>
internal static class ModuleTree
{
    /// <summary>Depth first, each before what it holds; the root is not listed.</summary>
    public static IEnumerable<ModuleNode> Of(nn.Module root) => Below(root, "", null);

    private static IEnumerable<ModuleNode> Below(nn.Module module, string prefix, ModelCore? outer)
    {
        var model = module is IModelParts parts ? parts.Core : outer;
        foreach (var (name, child) in module.named_children())
        {
            yield return new(prefix + name, child, model);
            foreach (var node in Below(child, $"{prefix}{name}.", model))
                yield return node;
        }
    }
}

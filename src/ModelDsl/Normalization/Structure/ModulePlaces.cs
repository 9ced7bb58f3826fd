using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>The places of a tree of modules. A module that is shared stands at several of them.</summary>
internal sealed class ModulePlaces
{
    private readonly HashSet<nn.Module> _entered = new(ReferenceEqualityComparer.Instance);
    private readonly List<ModulePlace> _all = [];
    private readonly ILookup<nn.Module, ModulePlace> _byModule;

    /// <summary>The places below a module, in the order of the state dict.</summary>
    public ModulePlaces(nn.Module root)
    {
        Root = root;
        Enter(root, "", null, null);
        _byModule = _all.ToLookup<ModulePlace, nn.Module>(place => place.Module, ReferenceEqualityComparer.Instance);
    }

    /// <summary>The module at the top, which stands at no place.</summary>
    public nn.Module Root { get; }

    /// <summary>All places, each before what stands below it.</summary>
    public IReadOnlyList<ModulePlace> All => _all;

    /// <summary>The root and every module below it, once.</summary>
    public IEnumerable<nn.Module> Modules => _byModule.Select(places => places.Key).Prepend(Root);

    /// <summary>Where a module stands.</summary>
    public IReadOnlyList<ModulePlace> Of(nn.Module module) => [.. _byModule[module]];

    /// <summary>Whether a module only holds others, whose order or calls it doesn't decide.</summary>
    public static bool IsContainer(nn.Module module) =>
        module is ModuleLevel || (module.GetType() is var type
            && (type == typeof(Sequential) || IsOf(type, typeof(ModuleList<>)) || IsOf(type, typeof(ModuleDict<>))));

    private static bool IsOf(Type type, Type generic) => type.IsGenericType && type.GetGenericTypeDefinition() == generic;

    private void Enter(nn.Module parent, string prefix, nn.Module? definer, ModelCore? model)
    {
        if (!_entered.Add(parent))
            return;
        var (inner, core) = (IsContainer(parent) ? definer : parent, parent is IModelParts parts ? parts.Core : model);
        foreach (var (name, child) in parent.named_children().ToList())
        {
            _all.Add(new(prefix + name, name, child, parent, inner, core));
            Enter(child, $"{prefix}{name}.", inner, core);
        }
    }
}

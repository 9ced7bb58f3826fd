using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>
/// What TorchSharp's modules register and show to nobody but their own subclasses. By accessors that trimming and native
/// compilation know, not by reflection.
/// </summary>
internal static class ModuleRegistries
{
    /// <summary>Whether a module runs hooks when it is called.</summary>
    public static bool HasHooks(nn.Module module) => module is nn.Module<Tensor, Tensor> layer && HasHooks(layer);

    /// <summary>Whether <see cref="Replace"/> can put another module there.</summary>
    public static bool CanReplace(ModulePlace place, Type replacement) => place.Parent switch
    {
        Sequential => typeof(nn.IModule<Tensor, Tensor>).IsAssignableFrom(replacement),
        ModuleList<nn.Module> or ModuleDict<nn.Module> => true,
        ModuleList<nn.Module<Tensor, Tensor>> or ModuleDict<nn.Module<Tensor, Tensor>> =>
            typeof(nn.Module<Tensor, Tensor>).IsAssignableFrom(replacement),
        var parent => !ModulePlaces.IsContainer(parent) && Submodules(parent).ContainsKey(place.Leaf),
    };

    /// <summary>Puts another module where one is registered, under the same name and at the same position.</summary>
    public static void Replace(ModulePlace place, nn.Module<Tensor, Tensor> replacement)
    {
        switch (place.Parent)
        {
            case Sequential sequence:
                Exchange(Items(sequence), place.Module, replacement);
                break;
            case ModuleList<nn.Module> list:
                Exchange(list, place.Module, replacement);
                break;
            case ModuleList<nn.Module<Tensor, Tensor>> list:
                Exchange(list, place.Module, replacement);
                break;
            case ModuleDict<nn.Module> entries:
                entries[place.Leaf] = replacement;
                break;
            case ModuleDict<nn.Module<Tensor, Tensor>> entries:
                entries[place.Leaf] = replacement;
                break;
        }
        // Lists and dictionaries register what they hold only when they are registered themselves.
        if (place.Parent is not Sequential && Submodules(place.Parent) is var registered && registered.ContainsKey(place.Leaf))
            registered[place.Leaf] = replacement;
    }

    private static void Exchange<T>(IList<T> items, nn.Module old, T replacement)
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (ReferenceEquals(items[index], old))
                items[index] = replacement;
        }
    }

    private static bool HasHooks<TBefore, TAfter>(nn.HookableModule<TBefore, TAfter> module) =>
        Hooks<TBefore, TAfter>.Before(module).Count > 0
        || Hooks<TBefore, TAfter>.After(module).Count > 0
        || Hooks<TBefore, TAfter>.PlainBefore(module).Count > 0
        || Hooks<TBefore, TAfter>.PlainAfter(module).Count > 0;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_modules")]
    private static extern ref List<nn.IModule<Tensor, Tensor>> Items(Sequential sequence);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_internal_submodules")]
    private static extern ref OrderedDict<string, nn.Module> Submodules(nn.Module module);

    private static class Hooks<TBefore, TAfter>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "pre_hooks")]
        public static extern ref Dictionary<string, TBefore> Before(nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "post_hooks")]
        public static extern ref Dictionary<string, TAfter> After(nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_pre_hooks")]
        public static extern ref Dictionary<string, Action<nn.Module>> PlainBefore(nn.HookableModule<TBefore, TAfter> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_post_hooks")]
        public static extern ref Dictionary<string, Action<nn.Module>> PlainAfter(nn.HookableModule<TBefore, TAfter> module);
    }
}

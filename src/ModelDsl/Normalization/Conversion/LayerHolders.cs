using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Where hand-written modules keep the layers that their <c>forward</c> calls.</summary>
[RequiresUnreferencedCode(Reason)]
internal sealed class LayerHolders
{
    /// <summary>What callers are told.</summary>
    public const string Reason = "The fields in which hand-written modules keep their layers are found by reflection.";

    private const BindingFlags Own =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Dictionary<object, List<LayerHolder>> _known = new(ReferenceEqualityComparer.Instance);

    public LayerHolders(ModulePlaces places)
    {
        foreach (var module in places.Modules)
        {
            for (var type = module.GetType(); IsHandWritten(type); type = type.BaseType!)
            {
                foreach (var field in type.GetFields(Own))
                    Read(module, field);
            }
        }
    }

    /// <summary>What holds a layer, wherever it was found.</summary>
    public IReadOnlyList<LayerHolder> Of(nn.Module layer) => _known.TryGetValue(layer, out var holders) ? holders : [];

    /// <summary>TorchSharp's modules and this library's have no fields for layers of other modules.</summary>
    private static bool IsHandWritten(Type? type) =>
        type is not null && type != typeof(object) && type.Assembly != typeof(torch).Assembly
        && type.Assembly != typeof(LayerHolders).Assembly;

    private void Read(nn.Module module, FieldInfo field)
    {
        var name = $"{module.GetType().Name}.{NameOf(field)}";
        switch (field.GetValue(module))
        {
            case nn.Module layer:
                Add(layer, new(name, field.FieldType, replacement => field.SetValue(module, replacement)));
                break;
            case IDictionary entries:
                foreach (var key in entries.Keys.Cast<object>().ToList())
                    Add(entries[key], new(name, ElementType(entries), replacement => entries[key] = replacement));
                break;
            case IList { } items and not Array { Rank: > 1 }:
                for (var index = 0; index < items.Count; index++)
                {
                    var at = index;
                    Add(items[at], new(name, ElementType(items), replacement => items[at] = replacement));
                }
                break;
        }
    }

    private void Add(object? value, LayerHolder holder)
    {
        if (value is not nn.Module layer)
            return;
        if (!_known.TryGetValue(layer, out var holders))
            _known[layer] = holders = [];
        holders.Add(holder);
    }

    private static Type ElementType(IEnumerable collection)
    {
        var type = collection.GetType();
        return type.GetElementType() ?? type.GetGenericArguments().LastOrDefault() ?? typeof(object);
    }

    /// <summary>The field, or the property that it stands behind.</summary>
    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}

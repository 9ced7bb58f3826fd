using System.Collections.Immutable;
using System.Reflection;

namespace ModelDsl.Fuzzing.Tests.Language;

/// <summary>An attribute of the language as it is written.</summary>
internal sealed class AttributeWord
{
    public AttributeWord(Type type)
    {
        var name = type.Name.Split('`')[0];
        Name = name[..^"Attribute".Length];
        IsGeneric = type.IsGenericTypeDefinition;
        Constructors = [.. type.GetConstructors().Select(constructor => constructor.GetParameters())];
        Properties = [.. type.GetProperties().Where(property => property.SetMethod is { IsPublic: true })];
        Targets = type.GetCustomAttribute<AttributeUsageAttribute>()?.ValidOn ?? AttributeTargets.All;
        IsLayer = IsA(type, nameof(LayerAttribute));
        IsChoice = IsA(type, nameof(NormalizationAttribute)) || IsA(type, nameof(NonlinearityAttribute));
    }

    public string Name { get; }

    public bool IsGeneric { get; }

    public ImmutableArray<ParameterInfo[]> Constructors { get; }

    /// <summary>What may be named in its argument list.</summary>
    public ImmutableArray<PropertyInfo> Properties { get; }

    public AttributeTargets Targets { get; }

    public bool IsLayer { get; }

    /// <summary>A normalization or an activation: it may stand on a class and on the assembly too.</summary>
    public bool IsChoice { get; }

    private static bool IsA(Type? type, string name) =>
        type is not null && (type.Name == name || IsA(type.BaseType, name));
}

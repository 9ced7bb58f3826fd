using System.Reflection;
using ModelDsl.Definition;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// The types that can ever stand in what a step gives: those of its fields, of their items, and of what may derive from them.
/// </summary>
internal sealed class RecordTypes
{
    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<Type> _seen = [];

    /// <summary>What read, contracts, link, infer and print give.</summary>
    public static IReadOnlyList<Type> OfSteps { get; } =
    [
        typeof(ModelDeclaration), typeof(ContractsOfCompilation), typeof(LinkedModel), typeof(ModelDefinition),
        typeof(ModelGenerator).Assembly.GetType("ModelDsl.Generators.GeneratedFile", throwOnError: true)!,
    ];

    public RecordTypes(params IEnumerable<Type> roots)
    {
        foreach (var root in roots)
            Visit(root, root.Name);
    }

    /// <summary>The records, without those that are abstract.</summary>
    public IEnumerable<Type> Records => _seen.Where(type => IsRecord(type) && !type.IsAbstract);

    /// <summary>Fields that don't compare by value, or may hold anything.</summary>
    public List<string> Faults { get; } = [];

    public static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            foreach (var field in current.GetFields(OwnFields))
                yield return field;
        }
    }

    public static Type? Item(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) ? type.GenericTypeArguments[0] : null;

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

    private void Visit(Type type, string path)
    {
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || !_seen.Add(type))
            return;
        if ((Nullable.GetUnderlyingType(type) ?? Item(type)) is { } inner)
            Visit(inner, path);
        else if (!IsRecord(type) || !IsOurs(type) || !ComparesByValue(type))
            Faults.Add($"{path} is a {type}");
        else
            VisitRecord(type);
    }

    private void VisitRecord(Type type)
    {
        foreach (var field in Fields(type))
            Visit(field.FieldType, $"{field.DeclaringType!.Name}.{field.Name}");
        if (type.IsSealed)
            return;
        foreach (var derived in type.Assembly.GetTypes().Where(candidate => candidate.IsSubclassOf(type)))
            Visit(derived, derived.Name);
    }

    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(ModelDeclaration).Assembly || type.Assembly == typeof(ModelGenerator).Assembly;

    private static bool ComparesByValue(Type type) => typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type);
}

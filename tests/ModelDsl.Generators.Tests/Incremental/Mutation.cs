using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>Copies of records in which one field has another value.</summary>
/// <param name="records">Records of every type, from which values are taken.</param>
internal sealed class Mutation(ILookup<Type, object> records)
{
    private static readonly MethodInfo CloneOfObject =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public object With(object record, FieldInfo field)
    {
        var copy = CloneOfObject.Invoke(record, null)!;
        field.SetValue(copy, Other(field.FieldType, field.GetValue(record)));
        return copy;
    }

    private object? Other(Type type, object? value) => value switch
    {
        null => Any(Nullable.GetUnderlyingType(type) ?? type),
        _ when Nullable.GetUnderlyingType(type) is not null => null,
        bool flag => !flag,
        int number => number + 1,
        long number => number + 1,
        double number => number + 1,
        string text => text + "x",
        Enum member => Enum.ToObject(type, Convert.ToInt64(member) + 1),
        IEnumerable items when RecordTypes.Item(type) is { } item =>
            items.Cast<object>().Any() ? Empty(type) : ArrayOf(type, item),
        _ => records[value.GetType()].FirstOrDefault(other => !other.Equals(value))
            ?? With(value, RecordTypes.Fields(value.GetType()).First()),
    };

    private object Any(Type type) => type == typeof(string) ? "x"
        : type.IsValueType ? Activator.CreateInstance(type)!
        : records.Where(group => type.IsAssignableFrom(group.Key)).Select(group => group.First()).First();

    private static object Empty(Type type) => RuntimeHelpers.GetUninitializedObject(type);

    private object ArrayOf(Type type, Type item)
    {
        var items = Array.CreateInstance(item, 1);
        items.SetValue(Any(item), 0);
        var create = typeof(ImmutableCollectionsMarshalOf<>).MakeGenericType(item).GetMethod("Of")!;
        return Activator.CreateInstance(type, create.Invoke(null, [items]))!;
    }

    private static class ImmutableCollectionsMarshalOf<T>
    {
        public static ImmutableArray<T> Of(T[] items) => [.. items];
    }
}

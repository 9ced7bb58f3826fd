using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>Everything that can be reached from some objects through their fields and the items of their arrays.</summary>
internal sealed class ObjectWalk
{
    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<object> _reached = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object?> _next = new();

    public ObjectWalk(params IEnumerable<object?> roots)
    {
        foreach (var root in roots)
            _next.Push(root);
        while (_next.TryPop(out var value))
            Visit(value);
    }

    public IReadOnlyCollection<object> Reached => _reached;

    public IEnumerable<Type> CompilerTypes => _reached.Select(thing => thing.GetType()).Where(IsOfCompiler).Distinct();

    /// <summary>
    /// Whether a type is one of Roslyn's: a symbol, a node, a tree, a location, a compilation, and what leads to them.
    /// </summary>
    public static bool IsOfCompiler(Type type) =>
        typeof(ISymbol).IsAssignableFrom(type)
        || typeof(Compilation).IsAssignableFrom(type)
        || typeof(SyntaxNode).IsAssignableFrom(type)
        || typeof(SyntaxTree).IsAssignableFrom(type)
        || typeof(Location).IsAssignableFrom(type)
        || type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true;

    private void Visit(object? value)
    {
        if (value is null or string or Enum or Pointer || value.GetType().IsPrimitive)
            return;
        if (!_reached.Add(value) || IsOfCompiler(value.GetType()))
            return;
        if (value is Array items)
        {
            foreach (var item in items)
                _next.Push(item);
            return;
        }
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(OwnFields))
                _next.Push(field.GetValue(value));
        }
    }
}

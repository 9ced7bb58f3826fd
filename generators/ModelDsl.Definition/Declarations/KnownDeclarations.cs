using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ModelDsl.Definition;

/// <summary>
/// Remembers what was read of a class for as long as its file lives. Every keystroke makes a new compilation, in which
/// all attributes would have to be bound anew; a class whose own files are the same, in surroundings that are the same
/// to a reader, reads the same.
/// </summary>
public static class KnownDeclarations
{
    private static readonly ConditionalWeakTable<
        SyntaxTree, ConcurrentDictionary<(string Name, TypeKind Kind, bool IsRecord), Reading>> Known = new();

    /// <summary>As <see cref="DeclarationReader.Read"/>.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The compilation that it is of.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static ModelDeclaration Read(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var files = type.DeclaringSyntaxReferences.Select(part => part.SyntaxTree).ToList();
        var surroundings = Surroundings.Of(compilation);
        var readings = Known.GetOrCreateValue(files[0]);
        var key = (MetadataNames.Of(type), type.TypeKind, type.IsRecord);
        if (readings.TryGetValue(key, out var known)
            && known.Files.SequenceEqual(files)
            && surroundings.AreThoseOf(compilation, known.Surroundings, cancellationToken))
            return known.Declaration;
        var declaration = DeclarationReader.Read(type, cancellationToken);
        readings[key] = new(files, surroundings, declaration);
        return declaration;
    }

    private sealed record Reading(IReadOnlyList<SyntaxTree> Files, Surroundings Surroundings, ModelDeclaration Declaration);
}

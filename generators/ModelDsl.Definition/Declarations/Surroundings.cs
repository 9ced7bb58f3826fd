using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Definition;

/// <summary>
/// All that the reading of a class can see beside its own files: the references, the options, and what other files
/// declare. It keeps syntax alive, and neither a compilation nor surroundings that were other ones.
/// </summary>
internal sealed class Surroundings
{
    private static readonly ConditionalWeakTable<Compilation, Surroundings> Known = new();

    private readonly string? _assembly;
    private readonly CompilationOptions _options;
    private readonly IReadOnlyList<WeakReference<MetadataReference>> _references;
    private readonly IReadOnlyList<SyntaxTree> _files;

    /// <summary>The last that were found to be alike and not to be: compared once, however many classes ask.</summary>
    private volatile Surroundings _same;
    private volatile WeakReference<Surroundings>? _other;

    private Surroundings(Compilation compilation)
    {
        _assembly = compilation.AssemblyName;
        _options = compilation.Options;
        _references = [.. compilation.References.Select(static reference => new WeakReference<MetadataReference>(reference))];
        _files = [.. compilation.SyntaxTrees];
        _same = this;
    }

    public static Surroundings Of(Compilation compilation) => Known.GetValue(compilation, static key => new(key));

    /// <summary>Whether a class that both surround, in the same file, reads the same in both.</summary>
    /// <param name="compilation">The compilation that these are of.</param>
    /// <param name="earlier">Others.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    public bool AreThoseOf(Compilation compilation, Surroundings earlier, CancellationToken cancellationToken)
    {
        var others = earlier._same;
        if (_same == others)
            return true;
        if (_other?.TryGetTarget(out var other) == true && other == others)
            return false;
        var areAlike = AreAlike(compilation, others, cancellationToken);
        if (areAlike)
            _same = others;
        else
            _other = new(others);
        return areAlike;
    }

    private bool AreAlike(Compilation compilation, Surroundings others, CancellationToken cancellationToken) =>
        _assembly == others._assembly
        && _references.Count == others._references.Count
        && _references.Zip(others._references, AreSame).All(same => same)
        && _files.Count == others._files.Count
        && _options.Equals(others._options)
        && _files
            .Zip(others._files, (file, other) => DeclareAlike(compilation, file, other, cancellationToken))
            .All(alike => alike);

    /// <summary>A project that is referenced is its whole compilation: one that is gone was another.</summary>
    private static bool AreSame(WeakReference<MetadataReference> reference, WeakReference<MetadataReference> other) =>
        reference.TryGetTarget(out var left) && other.TryGetTarget(out var right) && left == right;

    private static bool DeclareAlike(
        Compilation compilation,
        SyntaxTree file,
        SyntaxTree other,
        CancellationToken cancellationToken)
    {
        if (file == other || SyntaxFactory.AreEquivalent(file, other, topLevel: true))
            return true;
        var outline = Outline.Of(file, cancellationToken);
        return SyntaxFactory.AreEquivalent(outline.Root, Outline.Of(other, cancellationToken).Root, topLevel: true)
            && AreModels(compilation, outline, cancellationToken);
    }

    /// <summary>An attribute may be called <c>Model</c> and be another's: such a class is seen whole.</summary>
    private static bool AreModels(Compilation compilation, Outline outline, CancellationToken cancellationToken) =>
        outline.Models.All(model =>
            compilation.GetSemanticModel(model.SyntaxTree).GetDeclaredSymbol(model, cancellationToken) is { } type
            && type.GetAttributes().Any(attribute => LayerReader.IsNamed(attribute, "ModelAttribute")));
}

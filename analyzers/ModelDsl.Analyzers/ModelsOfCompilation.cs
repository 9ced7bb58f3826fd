using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using ModelDsl.Definition;

namespace ModelDsl.Analyzers;

/// <summary>The models of one compilation, each read once and only where a model that is analyzed needs it.</summary>
internal sealed class ModelsOfCompilation(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, ModelDeclaration?> _declarations = new();

    private readonly ConcurrentDictionary<string, ModelDefinition> _definitions = new();

    /// <summary>Everything decided of a model, as the generator decides it.</summary>
    public ModelDefinition Infer(INamedTypeSymbol model, CancellationToken cancellationToken) =>
        _definitions.GetOrAdd(MetadataNames.Of(model), name =>
        {
            var declaration = _declarations.GetOrAdd(name, _ => DeclarationReader.Read(model, cancellationToken))!;
            return ContractsOfCompilation.Of(WithNested(declaration, cancellationToken), cancellationToken)
                .Link(declaration)
                .Infer();
        });

    /// <summary>Whether a type is a model of this compilation, of which more is known than its public members.</summary>
    public bool IsOwnModel(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
        && IsModel(type);

    /// <summary>Of an enumeration or a delegate the compiler says that the attribute can't stand there.</summary>
    public static bool IsModel(INamedTypeSymbol type) =>
        type.TypeKind is not (TypeKind.Enum or TypeKind.Delegate)
        && type.GetAttributes().Any(attribute => LayerReader.IsNamed(attribute, "ModelAttribute"));

    /// <summary>A model, and all that it nests, directly or not.</summary>
    private List<ModelDeclaration> WithNested(ModelDeclaration model, CancellationToken cancellationToken)
    {
        var found = new List<ModelDeclaration> { model };
        var known = new HashSet<string>([model.MetadataName]);
        for (var next = 0; next < found.Count; next++)
        {
            found.AddRange(BlocksOfModel.Of(found[next]).Blocks
                .Where(known.Add)
                .Select(block => Read(block, cancellationToken))
                .OfType<ModelDeclaration>());
        }
        return found;
    }

    /// <summary>A model of this compilation; null for one in a reference, whose stages can't be seen.</summary>
    private ModelDeclaration? Read(string metadataName, CancellationToken cancellationToken) => _declarations.GetOrAdd(
        metadataName,
        name => compilation.Assembly.GetTypeByMetadataName(name) is { } type && IsModel(type)
            ? DeclarationReader.Read(type, cancellationToken)
            : null);
}

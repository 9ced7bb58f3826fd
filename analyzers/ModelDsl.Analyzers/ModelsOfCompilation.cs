using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using ModelDsl.Definition;

namespace ModelDsl.Analyzers;

/// <summary>The models of one compilation, each read once and only where a model that is analyzed needs it.</summary>
internal sealed class ModelsOfCompilation(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, ModelDeclaration?> _declarations = new();

    /// <summary>Everything decided of a model, as the generator decides it.</summary>
    public ModelDefinition Infer(INamedTypeSymbol model, CancellationToken cancellationToken)
    {
        var declarations = WithNested(MetadataNames.Of(model), cancellationToken);
        return ContractsOfCompilation.Of(declarations, cancellationToken).Link(declarations[0]).Infer();
    }

    public static bool IsModel(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => LayerReader.IsNamed(attribute, "ModelAttribute"));

    /// <summary>A model, and all that it nests, directly or not.</summary>
    private List<ModelDeclaration> WithNested(string model, CancellationToken cancellationToken)
    {
        var found = new List<ModelDeclaration>();
        var known = new HashSet<string>([model]);
        var open = new Queue<string>([model]);
        while (open.Count > 0)
        {
            if (Read(open.Dequeue(), cancellationToken) is not { } declaration)
                continue;
            found.Add(declaration);
            foreach (var block in BlocksOfModel.Of(declaration).Blocks.Where(known.Add))
                open.Enqueue(block);
        }
        return found;
    }

    /// <summary>A model of this compilation; null for one in a reference, whose stages can't be seen.</summary>
    private ModelDeclaration? Read(string metadataName, CancellationToken cancellationToken) => _declarations.GetOrAdd(
        metadataName,
        name => compilation.Assembly.GetTypeByMetadataName(name) is { } type && IsModel(type) ? DeclarationReader.Read(type, cancellationToken) : null);
}

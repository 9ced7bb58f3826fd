using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.CodeFixes;

/// <summary>
/// A fix that changes some text of one document, and so can fix all diagnostics of a document at once: changes that
/// several of them want are made once.
/// </summary>
public abstract class TextCodeFix : CodeFixProvider
{
    /// <summary>What the editor offers.</summary>
    protected abstract string Title { get; }

    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
            return null;
        var changes = diagnostics.SelectMany(diagnostic => Changes(root, diagnostic));
        return await Apply(document, changes, context.CancellationToken).ConfigureAwait(false);
    });

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var changes = Changes(root, diagnostic).ToList();
            // A fix that changes nothing is not offered.
            if (changes.Count > 0)
                context.RegisterCodeFix(
                    CodeAction.Create(
                        Title,
                        cancellation => Apply(context.Document, changes, cancellation),
                        equivalenceKey: Title),
                    diagnostic);
        }
    }

    /// <summary>What to change; nothing where the mend is not certain.</summary>
    protected abstract IEnumerable<TextChange> Changes(SyntaxNode root, Diagnostic diagnostic);

    private static async Task<Document> Apply(
        Document document,
        IEnumerable<TextChange> changes,
        CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.Distinct().OrderBy(change => change.Span.Start)));
    }
}

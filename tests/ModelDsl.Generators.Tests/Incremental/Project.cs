using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>The files of a project, of which an edit gives another project that shares what stayed.</summary>
internal sealed class Project
{
    private readonly CSharpCompilation _compilation;

    private Project(CSharpCompilation compilation) => _compilation = compilation;

    public Project(params IEnumerable<(string Path, string Text)> files)
        : this(ModelCompiler.Compile([.. files.Select(file => ModelCompiler.Parse(file.Text, file.Path))]))
    {
    }

    /// <summary>The project with one text instead of another, which stands in the file exactly once.</summary>
    public Project Edit(string path, string old, string now)
    {
        var text = Text(path);
        Assert.Equal(2, text.Split(old).Length);
        return With(path, text.Replace(old, now));
    }

    /// <summary>The project with another text for a file.</summary>
    public Project With(string path, string text) =>
        new(_compilation.ReplaceSyntaxTree(Tree(path), ModelCompiler.Parse(text, path)));

    public Project Add(string path, string text) => new(_compilation.AddSyntaxTrees(ModelCompiler.Parse(text, path)));

    public Project Remove(string path) => new(_compilation.RemoveSyntaxTrees(Tree(path)));

    public Project Reorder(Func<IEnumerable<SyntaxTree>, IEnumerable<SyntaxTree>> order) =>
        new(_compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(order(_compilation.SyntaxTrees)));

    public Project With(Func<CSharpCompilationOptions, CSharpCompilationOptions> change) =>
        new(_compilation.WithOptions(change(_compilation.Options)));

    /// <summary>The project with a library, instead of an earlier state of it.</summary>
    public Project Reference(byte[] library, string name = "library") => new(_compilation
        .RemoveReferences(_compilation.References.Where(reference => reference.Display == name))
        .AddReferences(MetadataReference.CreateFromImage(library, filePath: name)));

    /// <summary>The project under other options of the language.</summary>
    public Project Parsed(CSharpParseOptions options) => new(_compilation
        .RemoveAllSyntaxTrees()
        .AddSyntaxTrees(_compilation.SyntaxTrees.Select(tree => tree.WithRootAndOptions(tree.GetRoot(), options))));

    public GeneratorRun Run() => ModelCompiler.Run("").Then(_compilation);

    /// <summary>
    /// What a driver that has seen this project makes of its next state; the same, to the byte, as one that has seen nothing.
    /// </summary>
    public GeneratorRun RunThen(Project next, Func<GeneratorDriver, GeneratorDriver>? change = null)
    {
        var edited = Run().Then(next._compilation, change ?? (driver => driver));
        Assert.Null(edited.Result.Exception);
        Assert.Equal(ModelCompiler.Run("").Then(next._compilation, change ?? (driver => driver)).Text, edited.Text);
        return edited;
    }

    public string Text(string path) => Tree(path).ToString();

    private SyntaxTree Tree(string path) => _compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
}

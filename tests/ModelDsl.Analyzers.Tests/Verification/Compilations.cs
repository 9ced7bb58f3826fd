using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using TorchSharp;

namespace ModelDsl.Analyzers.Tests.Verification;

/// <summary>What every compilation of a test references; nothing is restored.</summary>
internal static class Compilations
{
    public static readonly ReferenceAssemblies Nothing = new("net10.0");

    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(torch).Assembly.Location),
    ];

    /// <summary>Source as tests write it, with what every file needs.</summary>
    public static string WithUsings(string source) => $"""
        #nullable enable
        using ModelDsl;
        using TorchSharp;
        using static TorchSharp.torch;

        {source}
        """;
}

using System.Security.Cryptography;
using System.Text;
using ModelDsl.Definition;
using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// What came of a run, in lines that differ where it differs: a hash of each file, and all findings in their order.
/// </summary>
internal static class Digest
{
    public static string Of(GeneratorRun run)
    {
        var files = run.Files.Select(file => $"{file.HintName} {Hash(file.SourceText.ToString())}");
        var findings = run.Outputs(StepNames.Infer)
            .Select(output => (ModelDefinition)output.Value)
            .SelectMany(definition => definition.Findings.Concat(Judgments.Of(definition)), Line);
        return string.Join("\n", files.Order(StringComparer.Ordinal).Concat(findings.OrderBy(Model, StringComparer.Ordinal)));
    }

    private static string Line(ModelDefinition definition, Finding finding)
    {
        var (anchor, message) = (finding.Anchor, finding.Message.ReplaceLineEndings(" "));
        var place = FormattableString.Invariant(
            $"{anchor.Stage} {anchor.Layer} {anchor.Method} {anchor.Call} {anchor.Argument} {anchor.Start} {anchor.Length}");
        return $"{definition.Declaration.MetadataName}: {finding.Rule.Id} {message} at {place}";
    }

    /// <summary>Sorting by the model alone leaves the findings of a model in their order.</summary>
    private static string Model(string line) => line[..line.IndexOf(':', StringComparison.Ordinal)];

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

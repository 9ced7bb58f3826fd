using System.Collections.Immutable;

namespace ModelDsl.Fuzzing.Tests.Corpus;

/// <summary>A small project as text, of which one file is changed.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Files">Its files.</param>
/// <param name="Edited">Which of them is changed.</param>
internal sealed record Source(string Name, ImmutableArray<string> Files, int Edited = 0)
{
    /// <summary>The file that is changed.</summary>
    public string Text => Files[Edited];

    public Source With(string text) => this with { Files = Files.SetItem(Edited, text) };

    public override string ToString() => Files.Length == 1
        ? Text
        : string.Join("\n", Files.Select((file, index) => $"// ==== file {index}{(index == Edited ? ", changed" : "")}\n{file}"));
}

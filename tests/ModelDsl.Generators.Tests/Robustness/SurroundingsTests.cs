using ModelDsl.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Robustness;

/// <summary>Wherever a class may be declared, a model may be: it compiles without a warning and runs.</summary>
public sealed class SurroundingsTests
{
    private const string Usings = "using ModelDsl;\nusing static TorchSharp.torch;\n\n";

    private const string Head = """
        {
            [Linear(nameof(width)), ReLU]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }

        """;

    /// <summary>
    /// What stands around a model and one that nests it, how they are declared, and what reflection calls the latter.
    /// </summary>
    public static TheoryData<string, string, string> Places => new()
    {
        { "namespace A.B { namespace C.D { $ } }", "internal partial class", "A.B.C.D.User" },
        { "namespace A.@namespace; $", "internal partial class", "A.namespace.User" },
        { "$", "partial class", "User" },
        { "$", "internal sealed partial class", "User" },
        { "namespace A; internal partial class Outer { $ }", "private partial class", "A.Outer+User" },
        { "namespace A; internal abstract partial class Outer { $ }", "private protected partial class", "A.Outer+User" },
        { "namespace A; internal partial class Outer { $ }", "protected internal partial class", "A.Outer+User" },
        { "namespace A; internal static partial class Outer { $ }", "internal partial class", "A.Outer+User" },
        { "namespace A; internal partial struct Outer { $ }", "private partial class", "A.Outer+User" },
        { "namespace A; internal readonly partial struct Outer { $ }", "internal partial class", "A.Outer+User" },
        { "namespace A; internal ref partial struct Outer { $ }", "internal partial class", "A.Outer+User" },
        { "namespace A; internal partial record Outer(int Size) { $ }", "private partial class", "A.Outer+User" },
        { "namespace A; internal partial record class Outer { $ }", "internal partial class", "A.Outer+User" },
        { "namespace A; internal readonly partial record struct Outer { $ }", "internal partial class", "A.Outer+User" },
        { "namespace A; internal partial interface Outer { $ }", "private partial class", "A.Outer+User" },
        {
            "namespace A; partial struct @if { partial interface @else { partial record @do { partial class While { $ } } } }",
            "private partial class",
            "A.if+else+do+While+User"
        },
        { "namespace Größe.名前 { $ }", "internal partial class", "Größe.名前.User" },
    };

    public static TheoryData<string, string> Constraints => new()
    {
        { "", "string" },
        { "where T : class", "string" },
        { "where T : class?", "string" },
        { "where T : class, new()", "object" },
        { "where T : struct", "int" },
        { "where T : unmanaged", "System.DateTime" },
        { "where T : notnull", "string" },
        { "where T : System.IO.Stream, System.IDisposable, new()", "System.IO.MemoryStream" },
        { "where T : System.Enum", "System.DayOfWeek" },
        { "where T : System.IComparable<T>?", "int" },
        { "where T : nn.Module<Tensor, Tensor>", "TorchSharp.Modules.ReLU" },
        { "where T : allows ref struct", "System.Span<int>" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_model_runs(string around, string declared, string user) => Expansion.Of(Usings + around.Replace("$", $$"""

        [Model]
        {{declared}} Net(int width)
        {{Head}}
        [Model]
        {{declared}} User
        {
            [Block<Net>("width: 4")]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }

        """)).Runs(user, [], [2, 3], [2, 4], ("N", 2));

    [Theory]
    [MemberData(nameof(Constraints))]
    public void A_generic_model_runs(string constraints, string argument) => Expansion.Of(Usings + $$"""
        namespace Samples;

        [Model]
        internal partial class Net<T>(int width)
            {{constraints}}
        {{Head}}

        [Model]
        internal partial class User
        {
            [Block<Net<{{argument}}>>("width: 4")]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """).Runs("Samples.User", [], [2, 3], [2, 4], ("N", 2));

    [Theory]
    [InlineData("where T : class", "T? tag = null")]
    [InlineData("where T : class?", "T tag")]
    [InlineData("where T : struct", "T? tag = null")]
    [InlineData("where T : notnull", "T? tag = default")]
    [InlineData("", "T? tag = default")]
    public void A_context_may_be_of_a_type_parameter(string constraints, string context) => Expansion.Of(Usings + $$"""
        namespace Samples;

        [Model]
        internal partial class Net<T>
            {{constraints}}
        {
            [Linear(3), Call(nameof(Tagged))]
            private partial Tensor Body([Shape("N, 2")] Tensor x, {{context}});

            [return: Shape("N, 3")]
            private static Tensor Tagged([Shape("N, 3")] Tensor x, {{context}}) => tag is null ? x : -x;
        }
        """);

    /// <summary>The compiler refuses them; that costs no other model its code.</summary>
    [Theory]
    [InlineData("record")]
    [InlineData("struct")]
    [InlineData("record struct")]
    [InlineData("interface")]
    public void A_class_and_another_type_of_one_name_have_a_file_each(string kind)
    {
        var run = ModelCompiler.Run(Usings + $$"""
            [Model] public partial class Net { [Linear(3)] private partial Tensor Body([Shape("N, 3")] Tensor x); }
            [Model] public partial {{kind}} Net { }
            [Model] public partial class Other { [Linear(3)] private partial Tensor Body([Shape("N, 3")] Tensor x); }
            """);
        Assert.Null(run.Result.Exception);
        string[] files = ["Net.g.cs", $"Net.{kind.Replace(' ', '-')}.g.cs", "Other.g.cs"];
        Assert.Equal(files.Order(StringComparer.Ordinal), run.Files.Select(file => file.HintName).Order(StringComparer.Ordinal));
        Assert.Contains("_body", run.FileNamed("Other.g.cs"), StringComparison.Ordinal);
    }

    /// <summary>Each has a file of its own, and nests the right one.</summary>
    [Fact]
    public void Models_of_one_name_are_told_apart_by_namespace_arity_case_and_surroundings()
    {
        const string Declared = "[Model] internal partial class ";
        string Body(int width) => $"{{ [Linear({width})] private partial Tensor Body([Shape(\"N, 3\")] Tensor x); }}\n";
        var run = ModelCompiler.Run(
            Usings + "namespace A { " + Declared + "Net" + Body(4) + Declared + "Net<T>" + Body(5) + Declared + "NEt" + Body(6)
                + "internal partial class NET { " + Declared + "Net" + Body(7) + " } }",
            Usings + "namespace B { " + Declared + "Net" + Body(8) + Declared + "Net_1" + Body(9)
                + Declared + "Nét" + Body(10) + " }",
            Usings + """
                namespace B;

                [Model]
                internal partial class User
                {
                    [Block<A.Net>, Linear(3), Block<A.Net<int>>, Linear(3), Block<A.NEt>, Linear(3), Block<A.NET.Net>, Linear(3),
                     Block<Net>, Linear(3), Block<Net_1>, Linear(3), Block<Nét>]
                    private partial Tensor Body([Shape("N, 3")] Tensor x);
                }
                """).ShouldCompile();
        Assert.Equal(
            ["A.NET.Net.g.cs", "A.NEt.g.cs", "A.Net-1.g.cs", "A.Net.1.g.cs",
             "B.Net.g.cs", "B.Net_1.g.cs", "B.Nét.g.cs", "B.User.g.cs"],
            run.Files.Select(file => file.HintName).Order(StringComparer.Ordinal));
        Assert.All([4, 5, 6, 7, 8, 9], width =>
            Assert.Contains($"Linear({width}, 3)", run.FileNamed("B.User.g.cs"), StringComparison.Ordinal));
        using var models = run.Load();
        using var scope = NewDisposeScope();
        using var user = models.Create("B.User");
        Assert.Equal([2, 10], user.call(zeros(2, 3)).shape);
    }
}

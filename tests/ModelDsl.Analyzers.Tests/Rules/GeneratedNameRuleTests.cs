using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>Names of members and parameters that generated code needs for itself.</summary>
public sealed class GeneratedNameRuleTests
{
    [Theory]
    [InlineData("[Buffer(\"4\")] private partial Tensor {|MDL021:forward|} { get; }", "forward")]
    [InlineData("private sealed class {|MDL021:forward|};", "forward")]
    [InlineData("public override string {|MDL021:GetName|}() => \"net\";", "GetName")]
    [InlineData("protected override void {|MDL021:RegisterLayers|}() { }", "RegisterLayers")]
    [InlineData("private static Tensor {|MDL021:TakeOver|}(Tensor x) => x;", "TakeOver")]
    [InlineData("private static Tensor {|MDL021:GiveUp|}(Tensor x, int times = 1) => x * times;", "GiveUp")]
    [InlineData("private static bool {|MDL021:TakesOver|} => true;", "TakesOver")]
    [InlineData("[Linear(4)] private partial Tensor Head(Tensor x, Tensor {|MDL021:GiveUp|});", "GiveUp")]
    [InlineData(
        "[Embedding(4, 4)] public partial EmbeddingLayer Table { get; }\n"
            + "[Linear(4, Tied = nameof(Table))] private partial Tensor Head(Tensor x);\n"
            + "protected override void {|MDL021:TieParameters|}() { }",
        "TieParameters")]
    public Task MemberCalledAsAGeneratedOne_IsReportedAtItsName(string member, string name) => ModelTest.Check($$"""
        [Model]
        public partial class Net
        {
            [Linear(4)]
            private partial Tensor Body([Shape("N, 4")] Tensor x);

            {{member}}
        }
        """,
        $"'{name}' is the name of a member that is generated or that generated code calls: give yours another name");

    [Theory]
    [InlineData("forward")]
    [InlineData("GetName")]
    public Task ClassCalledAsAGeneratedMember_IsReportedAtItsName(string name) => ModelTest.Check($$"""
        [Model]
        public partial class {|MDL021:{{name}}|}
        {
            [Linear(4)]
            private partial Tensor Body([Shape("N, 4")] Tensor x);
        }
        """,
        $"'{name}' is the name of a member that is generated or that generated code calls: give the class another name");

    [Theory]
    [InlineData("in int {|MDL022:width|}")]
    [InlineData("ref int {|MDL022:width|}")]
    [InlineData("int width")]
    public Task ParameterByReference_IsReportedAtItsName(string parameter) => ModelTest.Check(
        $$"""
        [Model]
        public partial class Net({{parameter}})
        {
            [Linear(nameof(width))]
            private partial Tensor Body([Shape("N, 4")] Tensor x);
        }
        """,
        parameter == "int width"
            ? []
            : ["'width' of 'Net' is passed by reference: blocks are built in lambdas, which can't read it; pass it by value"]);

    [Fact]
    public Task OverloadsOfGeneratedMembers_AreSilent() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(4)]
            private partial Tensor Body([Shape("N, 4")] Tensor x);

            public string GetName(int number) => $"{GetName()} {number}";

            private static void MoveParameters() { }

            protected override void TieParameters() { }
        }
        """);
}

using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ClassRuleTests
{
    [Fact]
    public Task SoundModel_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Classifier(int classes = 10)
        {
            [Flatten, Linear(nameof(classes))]
            private partial Tensor Head([Shape("N, 1, 28, 28")] Tensor x);
        }
        """);

    [Fact]
    public Task ModelThatIsNotPartial_IsReportedAtItsName() => ModelTest.Check("""
        [Model]
        public class {|MDL001:Classifier|}(int classes = 10)
        {
            [Flatten, Linear(nameof(classes))]
            private partial Tensor {|CS8795:{|CS0751:Head|}|}([Shape("N, 1, 28, 28")] Tensor x);
        }
        """,
        "'Classifier' is not partial: the model's other part is generated; write 'partial class Classifier'");

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

    [Theory]
    [InlineData("object")]
    [InlineData("Object")]
    [InlineData("System.Object")]
    [InlineData("global::System.Object")]
    public Task ModelThatSaysObject_HasABase(string written) => ModelTest.Check($$"""
        using System;

        [Model]
        public partial class {|MDL003:Classifier|} : {{written}}
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """,
        "'Classifier' has a base class: the generated part derives from Model<..., Tensor>; remove the base class");

    /// <summary>The compiler speaks of it too, in the same place.</summary>
    [Fact]
    public async Task ModelThatDerivesFromItself_HasABase() =>
        Assert.Contains("MDL003", (await Compiler.Analyze(Compilations.WithUsings(
            "[Model] public partial class Net : Net { [ReLU] private partial Tensor Body([Shape(\"N, 1\")] Tensor x); }")))
            .Select(finding => finding.Id));

    [Fact]
    public Task ModelThatImplementsAnInterface_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Classifier : System.IFormattable
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);

            public string ToString(string? format, System.IFormatProvider? provider) => "";
        }
        """);

    /// <summary>Its bodies throw all the same, so that silence would hide why.</summary>
    [Theory]
    [InlineData("// <auto-generated/>\n", "")]
    [InlineData("", "[System.CodeDom.Compiler.GeneratedCode(\"Scaffold\", \"1\")]")]
    public async Task WrongModelInCodeThatSaysItIsGenerated_IsReported(string header, string attribute) => Assert.Equal(
        "MDL101",
        Assert.Single(await Compiler.Analyze(header + Compilations.WithUsings(attribute + """
            [Model]
            public partial class Net
            {
                [Linear("widht")]
                private partial Tensor Body([Shape("N, 1")] Tensor x);
            }
            """))).Id);

    [Fact]
    public async Task EnumerationThatIsCalledAModel_IsTheCompilersToReport() =>
        Assert.Empty(await Compiler.Analyze(Compilations.WithUsings("[Model] public enum Classifier { One } [Model] public delegate void Head();")));

    [Fact]
    public Task ModelInAClassThatIsNotPartial_IsReported() => ModelTest.Check("""
        public class Networks
        {
            [Model]
            public partial class {|MDL001:Classifier|}
            {
                [Linear(10)]
                private partial Tensor {|CS8795:Head|}([Shape("N, 784")] Tensor x);
            }
        }
        """,
        "'Classifier' is not partial: the model's other part is generated; write 'partial class Classifier'");

    [Fact]
    public Task ModelInPartialClasses_IsSilent() => ModelTest.Check("""
        public partial class Networks<T>
        {
            [Model]
            internal partial class Classifier
            {
                [Linear(10)]
                private partial Tensor Head([Shape("N, 784")] Tensor x);
            }
        }
        """);

    [Fact]
    public Task ModelThatIsARecord_IsReported() => ModelTest.Check("""
        [Model]
        public partial record {|MDL002:Classifier|}
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """,
        "'Classifier' is a record: a model derives from nn.Module, so it must be a class that can be built");

    [Fact]
    public Task ModelThatIsARecordOfParameters_IsReported() => ModelTest.Check("""
        internal partial interface INetworks
        {
            [Model]
            internal sealed partial record class {|MDL002:Classifier|}(int classes, string Name = "classifier")
            {
                [Linear(nameof(classes))]
                private partial Tensor Head([Shape("N, 784")] Tensor x);
            }
        }
        """,
        "'Classifier' is a record: a model derives from nn.Module, so it must be a class that can be built");

    [Fact]
    public Task ModelThatIsStatic_IsReported() => ModelTest.Check("""
        [Model]
        public static partial class {|MDL002:Classifier|}
        {
            [Linear(10)]
            private static partial Tensor {|MDL005:Head|}([Shape("N, 784")] Tensor x);
        }
        """,
        "'Classifier' is a static class: a model derives from nn.Module, so it must be a class that can be built",
        "'Head' must be an instance method without type parameters that takes a Tensor first, nothing by reference, and returns a Tensor that is never null");

    [Fact]
    public Task ModelThatIsAStructOfAShortName_IsReported() => ModelTest.Check("""
        [{|CS0592:Model|}]
        public partial struct {|MDL002:s|}
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """,
        "'s' is a struct: a model derives from nn.Module, so it must be a class that can be built");

    [Fact]
    public Task ModelWithABaseClass_IsReported() => ModelTest.Check("""
        public class Named;

        [Model]
        public partial class {|MDL003:Classifier|} : Named
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """,
        "'Classifier' has a base class: the generated part derives from Model<..., Tensor>; remove the base class");

    [Fact]
    public Task ModelWithAnInterface_IsSilent() => ModelTest.Check("""
        public interface INamed;

        [Model]
        public partial class Classifier : INamed
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """);

    [Fact]
    public Task ModelWithABaseThatDoesNotExist_IsLeftToTheCompiler() => ModelTest.Check("""
        [Model]
        public partial class Classifier : {|CS0246:Missing|}
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """);

    [Fact]
    public Task ChainInTwoFiles_IsReportedWhereItGoesOn() => ModelTest.CheckFiles("""
        public partial class Net
        {
            [Linear(10)]
            private partial Tensor {|MDL020:Head|}([Shape("N, 32")] Tensor x);
        }
        """,
        ["'Head' stands in another file than 'Stem', so that nothing says which of them runs first: "
            + "move it there, or write a forward that calls them"],
        """
        [Model]
        public partial class Net
        {
            [Linear(32)]
            private partial Tensor {|also:Stem|}([Shape("N, 784")] Tensor x);
        }
        """);

    [Fact]
    public Task StagesInTwoFilesThatABranchNames_AreNoChain() => ModelTest.CheckFiles("""
        public partial class Net
        {
            [Linear(10)]
            private partial Tensor Left(Tensor x);
        }
        """,
        [],
        """
        [Model]
        public partial class Net
        {
            [Branch(nameof(Left), nameof(Right))]
            private partial Tensor Stem([Shape("N, 784")] Tensor x);

            [Linear(10)]
            private partial Tensor Right(Tensor x);
        }
        """);

    [Fact]
    public Task StagesInTwoFilesWithAForward_AreNoChain() => ModelTest.CheckFiles("""
        public partial class Net
        {
            [Linear(10)]
            private partial Tensor Head(Tensor x);
        }
        """,
        [],
        """
        [Model]
        public partial class Net
        {
            [Linear(32)]
            private partial Tensor Stem([Shape("N, 784")] Tensor x);

            public override Tensor forward(Tensor x) => Head(Stem(x));
        }
        """);

    [Fact]
    public Task TwoVariantsOnTheAssembly_AreReportedAtEachClassThatSaysNothing() => ModelTest.CheckFiles("""
        [Model]
        public partial class {|MDL010:Net|}
        {
            [Linear(10), Norm]
            private partial Tensor Body([Shape("N, 784")] Tensor x);
        }

        [Model, RMSNorm]
        public partial class Other
        {
            [Linear(10), Norm]
            private partial Tensor Body([Shape("N, 784")] Tensor x);
        }
        """,
        ["'[assembly]' has more than one normalization: remove all but one"],
        "[assembly: RMSNorm]",
        "[assembly: LayerNorm]");

    [Fact]
    public Task TwoActivationsOnAClass_AreReportedAtTheSecond() => ModelTest.Check("""
        [Model, {|also:ReLU|}, {|MDL010:GELU|}]
        public partial class Net
        {
            [Linear(10), Activation]
            private partial Tensor Body([Shape("N, 784")] Tensor x);
        }
        """,
        "'Net' has more than one activation: remove all but one");

    [Fact]
    public Task OneActivationOnAClassAndOneOnTheAssembly_AreSilent() => ModelTest.CheckFiles("""
        [Model, GELU]
        public partial class Net
        {
            [Linear(10), Activation]
            private partial Tensor Body([Shape("N, 784")] Tensor x);
        }
        """,
        [],
        "[assembly: ReLU]");

    [Fact]
    public Task StageWithABody_IsReportedAtItsName() => ModelTest.Check("""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            private Tensor {|MDL004:Head|}([Shape("N, 784")] Tensor x) => x;
        }
        """,
        "'Head' carries layers but is not a partial method without a body: write 'partial Tensor Head(Tensor x);' or remove the layers");

    [Fact]
    public Task MethodWithoutLayers_IsNoStage() => ModelTest.Check("""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);

            private static Tensor Twice(Tensor x) => x + x;
        }
        """);

    [Theory]
    [InlineData("private partial Tensor {|MDL005:Head|}(double factor, Tensor x);")]
    [InlineData("private partial Tensor {|MDL005:Head|}();")]
    [InlineData("private partial Tensor {|MDL005:Head|}(Tensor x, in Tensor y);")]
    [InlineData("private partial Tensor {|MDL005:Head|}(Tensor x, params Tensor[] more);")]
    [InlineData("private partial Tensor? {|MDL005:Head|}(Tensor x);")]
    [InlineData("private partial Tensor {|MDL005:Head|}(Tensor? x);")]
    [InlineData("private partial int {|MDL005:Head|}(Tensor x);")]
    [InlineData("private partial ref Tensor {|MDL005:Head|}(Tensor x);")]
    [InlineData("private static partial Tensor {|MDL005:Head|}(Tensor x);")]
    [InlineData("private partial Tensor {|MDL005:Head|}(ref Tensor x);")]
    [InlineData("private partial Tensor {|MDL005:Head|}<T>(Tensor x);")]
    public Task StageThatTakesOrReturnsAnythingElse_IsReported(string stage) => ModelTest.Check($$"""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            {{stage}}
        }
        """,
        "'Head' must be an instance method without type parameters that takes a Tensor first, nothing by reference, and returns a Tensor that is never null");

    [Fact]
    public Task StageThatTakesMore_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x, Tensor? mask = null, int step = 0);
        }
        """);

    [Fact]
    public Task StageOfAnUnknownType_IsLeftToTheCompiler() => ModelTest.Check("""
        [Model]
        public partial class Classifier
        {
            [Linear(10)]
            private partial Tensor {|CS8795:Head|}({|CS0246:Missing|} x);
        }
        """);

    [Fact]
    public Task ModelWithoutStages_IsReported() => ModelTest.Check("""
        [Model]
        public partial class {|MDL006:Classifier|};
        """,
        "'Classifier' has no stage: put layers on a partial method, such as "
        + "'[Linear(10)] private partial Tensor Head([Shape(\"N, 784\")] Tensor x);'");

    [Fact]
    public Task ModelWithoutStagesButWithForward_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Identity
        {
            public override Tensor forward(Tensor x) => x.alias();
        }
        """);

    [Fact]
    public Task ModelInSeveralParts_IsReportedWhereItSaysModel() => ModelTest.Check("""
        public partial class Classifier;

        [Model]
        public partial class {|MDL006:Classifier|};
        """,
        "'Classifier' has no stage: put layers on a partial method, such as "
        + "'[Linear(10)] private partial Tensor Head([Shape(\"N, 784\")] Tensor x);'");

    [Fact]
    public Task ModelThatOnlyItsFileSees_IsReportedAtItsName() => ModelTest.Check("""
        [Model]
        file partial class {|MDL007:Classifier|}
        {
            [Linear(10)]
            private partial Tensor {|CS8795:Head|}([Shape("N, 784")] Tensor x);
        }
        """,
        "'Classifier' is file-local: its generated part stands in another file; remove 'file' or make it internal");
}

using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>Layers, parameters and buffers that are properties.</summary>
public sealed class PropertyRuleTests
{
    [Theory]
    [InlineData("public partial Linear {|MDL009:Classifier|} { get; set; }")]
    [InlineData("public partial Linear {|MDL009:Classifier|} { get; private set; }")]
    [InlineData("public partial Linear {|MDL009:Classifier|} { get; init; }")]
    [InlineData("public static partial Linear {|MDL009:Classifier|} { get; }")]
    [InlineData("public partial ref Linear {|MDL009:Classifier|} { get; }")]
    [InlineData("public Linear {|MDL009:Classifier|} => null!;")]
    public Task LayerThatOthersCouldReplace_IsReportedAtItsName(string property) => Check($"[Linear(10), Shape(\"N, 784\")] {property}",
        "'Classifier' carries a layer but is no partial property with a getter alone: write 'partial Linear Classifier { get; }'");

    [Theory]
    [InlineData("public partial Linear Classifier { get; }")]
    [InlineData("private partial nn.Module<Tensor, Tensor> Classifier { get; }")]
    [InlineData("partial Linear Classifier { get; }")]
    public Task LayerWithAGetter_IsSilent(string property) => Check($"[Linear(10), Shape(\"N, 784\")] {property}");

    [Theory]
    [InlineData("Parameter", "private partial Parameter {|MDL013:Scale|} { get; set; }", "Parameter")]
    [InlineData("Parameter", "private partial Tensor {|MDL013:Scale|} { get; }", "Parameter")]
    [InlineData("Parameter", "private partial ref Parameter {|MDL013:Scale|} { get; }", "Parameter")]
    [InlineData("Parameter", "private static partial Parameter {|MDL013:Scale|} { get; }", "Parameter")]
    [InlineData("Parameter", "private Parameter {|MDL013:Scale|} => null!;", "Parameter")]
    [InlineData("Buffer", "private partial Parameter {|MDL013:Scale|} { get; }", "Tensor")]
    [InlineData("Buffer", "private partial Tensor {|MDL013:Scale|} { get; init; }", "Tensor")]
    [InlineData("Buffer", "private partial Tensor? {|MDL013:Scale|} { get; }", "Tensor")]
    public Task TensorOfAnotherKind_IsReportedAtItsName(string attribute, string property, string type) => Check($"[{attribute}(\"10\")] {property}",
        $"'Scale' carries [{attribute}] but is no partial property of type {type} with a getter alone: write 'partial {type} Scale {{ get; }}'");

    [Fact]
    public Task TensorsOfTheirTypes_AreSilent() => Check("""
        [Parameter("10")] public partial Parameter Scale { get; }
        [Buffer("2, 5", Persistent = false)] protected partial Tensor Mask { get; }
        """);

    [Fact]
    public Task PropertyOfSeveralLayers_IsReportedAtTheSecond() => Check(
        "[Linear(10), {|MDL014:Dropout(0.5)|}, Shape(\"N, 784\")] public partial Linear Classifier { get; }",
        "'Classifier' carries more than one layer: put a pipeline on a stage, a partial method");

    [Theory]
    [InlineData("Conv2d")]
    [InlineData("int")]
    [InlineData("Tensor")]
    public Task PropertyOfAnotherType_IsReportedAtItsName(string type) => Check(
        $"[Linear(10), Shape(\"N, 784\")] public partial {type} {{|MDL015:Classifier|}} {{ get; }}",
        $"'Classifier' has the type {type}, but its layer is a Linear: give it that type");

    [Fact]
    public Task FunctionInAProperty_IsReportedAtTheLayer() => Check(
        "[{|MDL016:ReLU|}, Shape(\"N, 784\")] public partial nn.Module<Tensor, Tensor> Activation { get; }",
        "[ReLU] is a function here and no module, so no property can hold it: put it on a stage");

    [Fact]
    public Task ModuleInAProperty_IsSilent() => Check("[Dropout(0.5)] public partial Dropout Drop { get; }");

    [Fact]
    public Task PropertyThatNobodySizes_IsReportedAtTheLayer() => Check("[{|MDL104:Linear(10)|}] public partial Linear Classifier { get; }",
        "The shape of what goes into 'Classifier' is not known and Linear needs it: name its axes in front of the layer, such as [Shape(\"N, 3, H, W\")]");

    [Theory]
    [InlineData("N, size")]
    [InlineData("?, 10")]
    [InlineData("..., 10")]
    public Task TensorWithAnAxisWithoutASize_IsReportedAtItsShape(string shape) => Check(
        $"[Parameter({{|MDL106:\"{shape}\"|}})] private partial Parameter Scale {{ get; }}",
        $"[{shape}] of a Parameter has an axis without a size: write integers and expressions over the constructor's parameters");

    [Fact]
    public Task NameInTheShapeOfATensorThatDoesNotBind_IsReportedUnderItsCharacters() => Check(
        "[Buffer(\"1, 2 * {|MDL101:sise|}\")] private partial Tensor Mask { get; }",
        "'sise' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: size");

    [Fact]
    public Task TensorOfNegativeSize_IsReportedAtItsShape() => Check(
        "[Buffer({|MDL103:\"size, 2 - 3\"|})] private partial Tensor Mask { get; }", "An axis of the shape is -1; it must be at least 1");

    [Fact]
    public Task TensorOfKnownSizes_IsSilent() => Check("[Parameter(\"1, 2 * size, 10\")] private partial Parameter Scale { get; }");

    [Theory]
    [InlineData("private Tensor Fill(long[] sizes) => torch.ones(sizes);")]
    [InlineData("private static Tensor Fill(int[] sizes) => null!;")]
    [InlineData("private static Tensor Fill(long[] sizes, int more) => torch.ones(sizes);")]
    [InlineData("private static float Fill(long[] sizes) => 0;")]
    [InlineData("private static int Fill => 0;")]
    public Task InitializerOfAnotherSignature_IsReportedAtItsName(string method) => Check(
        "[Buffer(\"10\", Initializer = nameof({|MDL107:Fill|}))] private partial Tensor Mask { get; } " + method,
        "'Fill' is no static method that takes long[] and returns a Tensor: write 'private static Tensor Fill(long[] sizes)'");

    [Fact]
    public Task InitializerOfSizes_IsSilent() => Check("""
        [Buffer("10", Initializer = nameof(Fill))] private partial Tensor Mask { get; }
        private static Tensor Fill(long[] sizes) => torch.ones(sizes);
        """);

    [Theory]
    [InlineData("Embed")]
    [InlineData("Body")]
    [InlineData("Mask")]
    public Task TieToNoProperty_IsReportedAtItsName(string target) => Check(
        "[Buffer(\"10, 784\")] private partial Tensor Mask { get; } [Linear(10, Tied = {|MDL312:\"" + target + "\"|})] private partial Tensor Head([Shape(\"N, 784\")] Tensor x);",
        $"'{target}' of 'Net' is no parameter and no layer property: write nameof(Property) of a parameter, or of a layer with a weight; known: none");

    [Theory]
    [InlineData("[Dropout(0.5)] private partial Dropout Other { get; }", "has no weight of such a kind", "none")]
    [InlineData("[Conv2d(10, 3), Shape(\"N, 784, H, W\")] private partial Conv2d Other { get; }", "has no weight of such a kind", "none")]
    [InlineData("[Linear(10, When = \"size > 1\"), Shape(\"N, 784\")] private partial Linear? Other { get; }", "may be absent, as it has a condition", "Other")]
    [InlineData("[Linear(10), Shape(\"N, 784\")] private partial nn.Module<Tensor, Tensor> Other { get; }", "has no weight of such a kind", "Other")]
    public Task TieToALayerWithoutAWeight_IsReportedAtItsName(string other, string problem, string known) => Check(
        other + " [Linear(10, Tied = nameof({|MDL312:Other|}))] private partial Tensor Head([Shape(\"N, 784\")] Tensor x);",
        $"'Other' of 'Net' {problem}: write nameof(Property) of a parameter, or of a layer with a weight; known: {known}");

    [Fact]
    public Task TiedParameterWhoseSizeIsAProperty_IsComparedByItsValue() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            private int Classes => 12;

            [Parameter("Classes, 784")]
            private partial TorchSharp.Modules.Parameter Other { get; }

            [Linear(10, Tied = nameof({|MDL316:Other|}))]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """, "'Other' has a weight of [12, 784], and Linear needs one of [10, 784]: give both the same sizes");

    [Theory]
    [InlineData("[Parameter(\"10, 64\")] private partial Parameter Other { get; }", "10, 64")]
    [InlineData("[Parameter(\"784\")] private partial Parameter Other { get; }", "784")]
    [InlineData("[Linear(12), Shape(\"N, 784\")] private partial Linear Other { get; }", "12, 784")]
    public Task TieToAWeightOfAnotherShape_IsReportedAtItsName(string other, string shape) => Check(
        other + " [Linear(10, Tied = nameof({|MDL316:Other|}))] private partial Tensor Head([Shape(\"N, 784\")] Tensor x);",
        $"'Other' has a weight of [{shape}], and Linear needs one of [10, 784]: give both the same sizes");

    [Fact]
    public Task TieToAWeightThatMayHaveTheShape_IsSilent() => Check("""
        [Parameter("size, 784")] private partial Parameter Other { get; }
        [Linear(10, Tied = nameof(Other))] private partial Tensor Head([Shape("N, 784")] Tensor x);
        """);

    [Fact]
    public Task TiedLayerWithACondition_IsSilent() => Check("""
        [Parameter("10, 10")] private partial Parameter Other { get; }
        [Linear(10), Linear(10, Tied = nameof(Other), When = "size > 1")] private partial Tensor Head([Shape("N, 784")] Tensor x);
        """);

    [Theory]
    [InlineData("[Parameter(\"10\"), {|MDL019:Linear(10)|}, Shape(\"N, 784\")] private partial Linear Other { get; }", "Parameter", "Linear")]
    [InlineData("[{|MDL019:Dropout(0.5)|}, Buffer(\"10\")] private partial Tensor Other { get; }", "Buffer", "Dropout")]
    [InlineData("[Parameter(\"10\"), Buffer(\"10\")] private partial Tensor {|MDL019:Other|} { get; }", "Parameter", "Buffer")]
    public Task PropertyOfTwoKinds_IsReported(string property, string first, string second) => Check(property,
        $"'Other' carries [{first}] and [{second}]: remove one");

    [Fact]
    public Task OptionalLayerInAPropertyThatIsNeverNull_IsReportedAtItsName() => Check(
        "[Linear(10, When = \"size > 1\"), Shape(\"N, 784\")] public partial Linear {|MDL015:Classifier|} { get; }",
        "'Classifier' has the type Linear, but its layer is a Linear?: give it that type");

    [Theory]
    [InlineData("[Linear(10, When = \"size > 1\"), Shape(\"N, 784\")] public partial Linear? Classifier { get; }")]
    [InlineData("[Linear(10), Shape(\"N, 784\")] public partial Linear? Classifier { get; }")]
    public Task LayerInANullableProperty_IsSilent(string property) => Check(property);

    [Fact]
    public Task TieToALayer_IsSilent() => Check("""
        [Linear(784), Shape("N, 10")] private partial Linear Embed { get; }
        [Parameter("10, 784")] private partial Parameter Weight { get; }
        [Linear(10, Tied = nameof(Weight))] private partial Tensor Head([Shape("N, 784")] Tensor x);
        [Linear(784, Tied = nameof(Embed))] private partial Tensor Back(Tensor x);
        """);

    private static Task Check(string members, params string[] messages) => ModelTest.Check($$"""
        namespace Samples;

        using TorchSharp.Modules;

        [Model]
        public partial class Net(int size = 2)
        {
            public int Size { get; } = size;

            [Linear(784)]
            private partial Tensor Body([Shape("N, 784")] Tensor x);

            {{members}}
        }
        """, messages);
}

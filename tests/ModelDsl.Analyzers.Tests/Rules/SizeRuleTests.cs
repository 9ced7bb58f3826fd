using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class SizeRuleTests
{
    private const string Unbound =
        "'widht' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: width, Twice";

    [Fact]
    public Task NameThatBindsToNothing_IsReportedUnderItsCharacters() => Check("""[Linear("4 * {|MDL101:widht|}")]""", Unbound);

    [Fact]
    public Task NameInAShapeThatBindsToNothing_IsReportedUnderItsCharacters() => ModelTest.Check("""
        [Model]
        public partial class Net(int width)
        {
            private int Twice => 2 * width;

            [Linear(nameof(width))]
            private partial Tensor Head([Shape("N, {|MDL101:widht|}")] Tensor x);
        }
        """, Unbound);

    [Fact]
    public Task NameInAReturnedShapeThatBindsToNothing_IsReportedUnderItsCharacters() => ModelTest.Check("""
        [Model]
        public partial class Net(int width)
        {
            private int Twice => 2 * width;

            [Linear(nameof(width))]
            [return: Shape("N, {|MDL101:widht|}")]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """, Unbound);

    [Fact]
    public Task ParametersPropertiesAndFreeAxes_Bind() => Check("""[Linear("Twice + width"), Linear(nameof(Twice))]""");

    [Fact]
    public Task PropertyThatNeedsItself_IsNoSize() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            private int Loop => Loop + 1;

            [Linear(nameof({|MDL102:Loop|}))]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """,
        "'Loop' is a property whose expression is no size: write an integer, nameof(parameter), or C# integer arithmetic over parameters");

    [Fact]
    public Task ProbabilityThatIsNoParameter_IsReported() => Check("""[Dropout("{|MDL101:widht|}")]""",
        "'widht' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: width");

    [Theory]
    [InlineData("\"{|MDL102:width.Length|}\"", "width.Length")]
    [InlineData("\"2 * {|MDL102:Math.Max(width, 2)|}\"", "Math.Max(width, 2)")]
    [InlineData("\"{|MDL102:width +|}\"", "width +")]
    [InlineData("{|MDL102:\"\"|}", "")]
    public Task TextThatIsNoIntegerArithmetic_IsReported(string argument, string found) => Check($"[Linear({argument})]",
        $"'{found}' is not a size: write an integer, nameof(parameter), or C# integer arithmetic over parameters");

    [Fact]
    public Task ValueThatIsNoSize_IsReportedAtTheArgument() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Conv2d(8, 3, Stride = {|MDL102:1.5|})]
            private partial Tensor Head([Shape("N, 3, H, W")] Tensor x);
        }
        """, "'1.5' is not a size: write an integer, nameof(parameter), or C# integer arithmetic over parameters");

    [Fact]
    public Task ValueThatTheCompilerRejects_IsLeftToIt() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Conv2d(8, 3, Stride = {|CS0103:missing|})]
            private partial Tensor Head([Shape("N, 3, H, W")] Tensor x);
        }
        """);

    [Fact]
    public Task SizeOfZero_IsReportedAtTheArgument() => Check("[Linear({|MDL103:0|})]", "Features of Linear is 0; it must be at least 1");

    [Fact]
    public Task SizeThatIsNegativeWhenComputed_IsReportedAtTheArgument() =>
        Check("""[Linear(features: {|MDL103:"2 - 3"|})]""", "Features of Linear is -1; it must be at least 1");

    [Fact]
    public Task PaddingOfZero_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Conv2d(8, 3, Padding = 0)]
            private partial Tensor Head([Shape("N, 3, H, W")] Tensor x);
        }
        """);

    [Fact]
    public Task LayerThatNeedsAShapeThatNobodyGave_IsReportedAtTheLayer() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [ReLU, {|MDL104:Linear(10)|}]
            private partial Tensor Head(Tensor x);
        }
        """, "The shape of 'x' is not known and Linear needs it: name its axes, such as [Shape(\"N, 3, H, W\")]");

    [Fact]
    public Task LayersThatNeedNoShape_AreSilent() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [ReLU, Dropout(0.5)]
            private partial Tensor Head(Tensor x);
        }
        """);

    [Fact]
    public Task ShapeOfTheStageBefore_IsKnown() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(32)]
            private partial Tensor Body([Shape("N, 784")] Tensor x);

            [Linear(10)]
            private partial Tensor Head(Tensor x);
        }
        """);

    private static Task Check(string layers, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int width)
        {
            private int Twice => 2 * width;

            {{layers}}
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """, messages);
}

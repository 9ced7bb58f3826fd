using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.CodeFixes;

namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class RemoveTrackingTests
{
    [Fact]
    public Task Attributes_AreRemovedWithTheirCommasAndLines() => FixTest<RemoveTrackingCodeFix>.Check(
        string.Join("\n\n",
            Net("A", "[Model, {|MDL410:TrackGradientNoise|}]"),
            Net("B", "[{|MDL410:TrackGradientNoise|}, Model]"),
            Net("C", "[Model, {|MDL410:TrackGradientNoise|}, BatchNorm]"),
            Net("D", "[Model]\n    [{|MDL410:TrackGradientNoise|}] // Noise.\n    // Kept."),
            Net("E", "[Model] [{|MDL410:TrackGradientNoise|}]"),
            Net("F", "/// <summary>Kept.</summary>\n    [{|MDL410:TrackGradientNoise|}] [Model]")),
        string.Join("\n\n",
            Net("A", "[Model]"),
            Net("B", "[Model]"),
            Net("C", "[Model, BatchNorm]"),
            Net("D", "[Model]\n    // Kept."),
            Net("E", "[Model]"),
            Net("F", "/// <summary>Kept.</summary>\n    [Model]")));

    private static string Net(string name, string attributes) => $$"""
        public static partial class Outer{{name}}
        {
            {{attributes}}
            public partial class {{name}}
            {
                [Conv2d(8, 3), Norm]
                private partial Tensor Body([Shape("N, 3, 32, 32")] Tensor x);
            }
        }
        """;
}

using System.Globalization;
using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>What a shortcut's scales, and a fixed factor, can't be: one diagnostic under the exact characters.</summary>
public sealed class BranchScaleTests
{
    private const string SkipInit = "for a branch that starts at 0 'Scale = BranchScale.SkipInit'";

    [Theory]
    [InlineData("Shortcut(Scale = \"1 / {|MDL101:block|}\")", "'block' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: blocks, alpha")]
    [InlineData("Shortcut(InputScale = nameof({|MDL101:Net|}))", "'Net' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: blocks, alpha")]
    [InlineData("Shortcut(Scale = \"{|MDL223:root(blocks)|}\")", "root(blocks)")]
    [InlineData("Shortcut(Scale = \"1 / {|MDL223:sqrt(blocks, 2)|}\")", "sqrt(blocks, 2)")]
    [InlineData("Shortcut(Scale = {|MDL223:\"sqrt(-1)\"|})", "sqrt(-1)")]
    [InlineData("Shortcut(InputScale = {|MDL223:\"1 / 0\"|})", "1 / 0")]
    [InlineData("Shortcut(Scale = {|MDL223:double.NaN|})", "NaN")]
    [InlineData("Shortcut(Scale = {|MDL223:true|})", "true")]
    [InlineData("Shortcut(Scale = {|MDL223:Downsample.Pad|})", "Downsample.Pad")]
    [InlineData("Shortcut(Scale = {|MDL223:null|})", "Scale")]
    [InlineData("Shortcut(InputScale = {|MDL223:BranchScale.SkipInit|})", "BranchScale.SkipInit")]
    [InlineData("Shortcut(Scale = BranchScale.SkipInit, Initial = \"{|MDL223:norm|}\")", "norm")]
    [InlineData("Multiply({|MDL223:double.PositiveInfinity|})", "Infinity")]
    [InlineData("Multiply(\"{|MDL223:norm|}\")", "norm")]
    public Task WhatIsNoNumber_IsReportedUnderItsCharacters(string layer, string message) => Check(layer,
        message.Contains(' ', StringComparison.Ordinal) && message.StartsWith('\'')
            ? message
            : $"'{message}' is not a number: write one, nameof(parameter), or C# arithmetic over numbers and parameters");

    [Fact]
    public async Task NumberInAMessage_IsThatOfEveryCulture()
    {
        var own = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NaNSymbol = "nothing";
        CultureInfo.CurrentCulture = other;
        try
        {
            await WhatIsNoNumber_IsReportedUnderItsCharacters("Shortcut(Scale = {|MDL223:double.NaN|})", "NaN");
        }
        finally
        {
            CultureInfo.CurrentCulture = own;
        }
    }

    [Theory]
    [InlineData("Shortcut(Scale = {|MDL320:0|})", "Scale of Shortcut", SkipInit)]
    [InlineData("Shortcut(InputScale = {|MDL320:0.0|})", "InputScale of Shortcut", "remove Shortcut")]
    [InlineData("Shortcut(Scale = {|MDL320:\"2 - 2\"|})", "Scale of Shortcut", SkipInit)]
    [InlineData("Multiply({|MDL320:0|})", "Factor of Multiply", "remove Multiply")]
    [InlineData("Multiply({|MDL320:\"sqrt(0)\"|})", "Factor of Multiply", "remove Multiply")]
    public Task FactorOfZero_IsReportedAtItsValue(string layer, string factor, string remedy) =>
        Check(layer, $"{factor} is 0: nothing comes through and nothing is learned; give another number, or {remedy}");

    [Theory]
    [InlineData("Shortcut(Initial = {|MDL109:0.5|})")]
    [InlineData("Shortcut(Scale = 0.5, Initial = {|MDL109:1|})")]
    [InlineData("Shortcut(Scale = BranchScale.None, Initial = {|MDL109:1|})")]
    public Task InitialWithoutALearnedScale_IsReportedAtItsValue(string layer) => Check(layer,
        "Initial has no effect on Shortcut: it is where a factor that is learned starts; write Scale = BranchScale.SkipInit");

    [Theory]
    [InlineData("Shortcut(Scale = {|MDL110:(BranchScale)5|})", "(BranchScale)5", "Scale", "None, SkipInit")]
    [InlineData("Shortcut(Downsample = {|MDL110:(Downsample)(-1)|})", "(Downsample)(-1)", "Downsample", "Convolution, AveragePool, Pad")]
    public Task ValueThatIsNoneOfItsEnumeration_IsReportedAtIt(string layer, string value, string option, string values) => Check(layer,
        $"'{value}' is none of the values that {option} of Shortcut takes: {values}");

    [Theory]
    [InlineData("Shortcut(Scale = BranchScale.SkipInit)")]
    [InlineData("Shortcut(Scale = BranchScale.SkipInit, Initial = -1)")]
    [InlineData("Shortcut(Scale = BranchScale.None, InputScale = 0.5)")]
    [InlineData("Shortcut(Scale = (short)2, InputScale = (byte)3)")]
    [InlineData("Shortcut(Scale = (sbyte)-2, InputScale = 3u)")]
    [InlineData("Shortcut(Scale = nameof(blocks))")]
    [InlineData("Shortcut(Scale = \"1 / sqrt(blocks)\", InputScale = nameof(alpha))")]
    [InlineData("Shortcut(Scale = \"Math.Max(blocks, 2) / 3\")")]
    [InlineData("Shortcut(Scale = \"Math.Floor(blocks) + Ceiling(7)\")")]
    [InlineData("Multiply(\"pow(alpha, 2)\"), Shortcut(Scale = 1e-300)")]
    public Task WhatCanBeMultipliedBy_IsSilent(string layer) => Check(layer);

    private static Task Check(string layer, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int blocks, double alpha, string norm = "")
        {
            public int Blocks { get; } = blocks;

            public double Alpha { get; } = alpha;

            public string Norm { get; } = norm;

            [Linear(8), {{layer}}]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """, messages);
}

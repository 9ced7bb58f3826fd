using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>A finding in a text is under its exact characters, however the text is written.</summary>
public sealed class CharacterTests
{
    public static TheoryData<string> Literals => new()
    {
        """ "4 * {|MDL101:bad|}" """,
        """ "\t4 \u002A {|MDL101:bad|}" """,
        """ "4 * {|MDL101:b\u0061d|}" """,
        """ "4 * {|MDL101:b\U00000061d|} + 1" """,
        """ "4\x20* {|MDL101:bad|}" """,
        """ /* 4 */ "4 *   {|MDL101:bad|}   " """,
        """ @"4 * {|MDL101:bad|}" """,
        """" """4 * {|MDL101:bad|}""" """",
        """ $"4 * {|MDL101:bad|}" """,
        """ $"\u0034 * {|MDL101:bad|} + {nameof(width)}" """,
        """ $"{nameof(width)} * {|MDL101:bad|}" """,
        """ $"4 * {nameof({|MDL101:bad|})}" """,
        """ $@"4 * {|MDL101:bad|}" """,
        """" $"""{nameof(width)} * {|MDL101:bad|}""" """",
        """ "4 * " + nameof({|MDL101:bad|}) """,
        """ "4 * " + nameof(width) + " + {|MDL101:bad|}" """,
        """ ("4 * " + ("{|MDL101:bad|}")) """,
        """ nameof({|MDL101:bad|}) """,
        """ nameof({|MDL101:Net.bad|}) """,
        """ {|MDL101:Text|} """,
        """ {|MDL101:Four + "bad"|} """,
        """ {|MDL101:$"{Four}bad"|} """,
    };

    [Theory]
    [MemberData(nameof(Literals))]
    public Task NameInAText_IsUnderlinedExactly(string text) => Check(text);

    [Fact]
    public Task NameInARawTextOfSeveralLines_UnderlinesAll() => Check(""""
        {|MDL101:"""
            4 * bad
            """|}
        """");

    [Fact]
    public Task CharactersOutsideTheBasicPlane_CountTwice() => Check(
        """ "{|MDL102:\U0001F600|}" """, "'\U0001F600' is not a size: write an integer, nameof(parameter), or C# integer arithmetic over parameters");

    [Fact]
    public Task VerbatimQuotes_CountOnce() => Check(
        """" @"{|MDL102:""a""|}" """", "'\"a\"' is not a size: write an integer, nameof(parameter), or C# integer arithmetic over parameters");

    private static Task Check(string text) =>
        Check(text, "'bad' is neither a constructor parameter of 'Net' nor an expression-bodied property; known names: width");

    private static Task Check(string text, string message) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int width)
        {
            private const string Four = "4 * ";
            private const string Text = "4 * bad";
            private static readonly int bad = 4;

            [Linear(nameof(width)), Linear({{text}})]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """, message);
}

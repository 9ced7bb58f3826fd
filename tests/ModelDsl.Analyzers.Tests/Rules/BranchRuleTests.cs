using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>Branches, calls, labels, shortcuts and optional layers.</summary>
public sealed class BranchRuleTests
{
    [Theory]
    [InlineData("Branch(nameof(Narrow), nameof(Wide))", "a sum or product needs equal sizes, or 1 where one is spread over the other")]
    [InlineData("Branch(nameof(Narrow), nameof(Wide), Merge = Merge.Multiply)", "a sum or product needs equal sizes, or 1 where one is spread over the other")]
    public Task BranchesOfDifferentSizes_AreReportedAtTheBranch(string branch, string reason) => Check($"[{{|MDL307:{branch}|}}]",
        $"[N, 8] and [N, 16] can't be joined: axis 1 differs; {reason}");

    [Theory]
    [InlineData("[Branch(nameof(Narrow), nameof(Wide), Merge = Merge.Concat)]")]
    [InlineData("[Branch(nameof(Narrow), nameof(One))]")]
    [InlineData("[Branch(nameof(Narrow), nameof(Sized))]")]
    public Task BranchesThatFit_AreSilent(string layers) => Check(layers);

    [Fact]
    public Task BranchesOfOtherAxes_AreReported() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [{|MDL307:Branch(nameof(Pool), nameof(Convolve))|}]
            private partial Tensor Body([Shape("N, 8, H, W")] Tensor x);

            [GlobalAvgPool]
            private partial Tensor Pool(Tensor x);

            [Conv2d(8, 3)]
            private partial Tensor Convolve(Tensor x);
        }
        """, "[N, 8] and [N, 8, H, W] can't be joined: they differ in their axes");

    [Theory]
    [InlineData("Branch({|MDL309:\"Narow\"|}, nameof(Wide))", "Narow")]
    [InlineData("Branch(nameof(Narrow), {|MDL309:\"Wyde\"|})", "Wyde")]
    [InlineData("Branch([nameof(Narrow), {|MDL309:\"Wyde\"|}])", "Wyde")]
    [InlineData("Branch(new[] { nameof(Narrow), {|MDL309:\"Wyde\"|} })", "Wyde")]
    [InlineData("Branch(nameof(Narrow), nameof({|MDL309:Count|}))", "Count")]
    [InlineData("Call({|MDL309:\"Narow\"|})", "Narow")]
    public Task NameOfNoStage_IsReportedUnderItsText(string layer, string name) => Check($"[{layer}]",
        $"'{name}' is no stage and no method of a tensor of 'Net'; known: Narrow, Wide, One, Sized, Normalize, Unshaped");

    [Fact]
    public Task BranchWithoutStages_IsReported() => Check("[{|MDL309:Branch|}]",
        "Branch names no stage of 'Net'; known: Narrow, Wide, One, Sized, Normalize, Unshaped");

    [Fact]
    public Task MethodWithoutShapes_IsReportedUnderItsName() => Check("[Call(nameof({|MDL310:Unshaped|}))]",
        "The shapes of 'Unshaped' are not known: put [Shape(\"...\")] on the tensor that it takes and [return: Shape(\"...\")] on it");

    [Fact]
    public Task MethodWithShapes_IsSilent() => Check("[Call(nameof(Normalize))]");

    [Fact]
    public Task StageThatCallsItself_IsReportedOnce() => Check("[Linear(8), Call(nameof({|MDL311:Body|}))]",
        "'Body' runs itself: a stage has no condition under which that would end");

    [Fact]
    public Task StagesThatCallEachOther_AreReportedOnce() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(8), Call(nameof(Inner))]
            private partial Tensor Body([Shape("N, 8")] Tensor x);

            [Linear(8), Call(nameof({|MDL311:Body|}))]
            private partial Tensor Inner(Tensor x);
        }
        """, "'Body' runs itself by way of 'Inner': a stage has no condition under which that would end");

    [Fact]
    public Task StageThatIsCalledTwice_IsSilent() => Check("[Linear(8), Call(nameof(Narrow)), Call(nameof(Narrow))]");

    [Theory]
    [InlineData("Label(\"b\"), Linear(4), Shortcut(From = {|MDL308:\"a\"|})", "a", "put Label(\"a\") before it")]
    [InlineData("Linear(4), Shortcut(From = {|MDL308:\"later\"|}), Label(\"later\")", "later", "put Label(\"later\") before it")]
    [InlineData("Linear(4), Shortcut(From = nameof({|MDL308:Narrow|}))", "Narrow",
        "to reach what 'Narrow' returned, give the stage the parameter 'Tensor narrow'")]
    public Task SourceOfAShortcutThatIsNotThere_IsReportedUnderItsText(string layers, string from, string remedy) => Check($"[{layers}]",
        $"'{from}' is no label before this point of 'Body', nor a tensor that it takes: {remedy}");

    [Fact]
    public Task SourceThatIsALabelOrAContext_IsSilent() => ModelTest.Check("""
        [Model]
        public partial class Net
        {
            [Linear(4)]
            private partial Tensor Stem([Shape("N, 4")] Tensor x);

            [Label("a"), Linear(4), Shortcut(From = "a"), Linear(4), Shortcut(From = nameof(stem))]
            private partial Tensor Body(Tensor x, Tensor stem);
        }
        """);

    [Fact]
    public Task LabelThatStandsTwice_IsReportedAtTheSecond_WithTheFirst() => Check(
        "[{|also:Label(\"a\")|}, Linear(4), {|MDL314:Label(\"a\")|}, Linear(4), Shortcut(From = \"a\")]",
        "'a' already names a point of 'Body': choose another name");

    [Fact]
    public Task LabelsOfDifferentNames_AreSilent() => Check("[Label(\"a\"), Linear(8), Label(\"b\"), Linear(8), Shortcut(From = \"a\")]");

    [Theory]
    [InlineData("2", "2")]
    [InlineData("\"2 + 2\"", "4")]
    public Task EvenKernelOfAShortcut_IsReportedAtItsValue(string kernel, string value) => Maps($"Conv2d(16, 3), Shortcut(Kernel = {{|MDL315:{kernel}|}})",
        $"A kernel of {value} moves positions by half a step: choose an odd one");

    [Theory]
    [InlineData("Conv2d(16, 3), Shortcut(Kernel = 3)")]
    [InlineData("Conv2d(16, 3, Stride = 2), Shortcut(Downsample = Downsample.AveragePool)")]
    [InlineData("Conv2d(16, 3, Stride = 2), Shortcut(Downsample = Downsample.Pad)")]
    [InlineData("Conv2d(16, 3), Shortcut(Kernel = \"2 * size + 1\")")]
    public Task OddKernelOfAShortcut_IsSilent(string layers) => Maps(layers);

    [Fact]
    public Task OptionalLayerThatDropsAxes_IsReportedAtItsCondition() => Maps("GlobalAvgPool(When = nameof({|MDL313:flag|}))",
        "Without the layer [N, 3, H, W] flows and with it [N, 3]: what follows can't be both");

    [Theory]
    [InlineData("GlobalAvgPool(KeepAxes = true, When = nameof(flag))")]
    [InlineData("Conv2d(16, 3, When = nameof(flag))")]
    [InlineData("Conv2d(16, 3, When = \"size > 1 && !flag\")")]
    public Task OptionalLayerThatKeepsAxes_IsSilent(string layers) => Maps(layers);

    private static Task Maps(string layers, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int size = 2, bool flag = false)
        {
            public (int, bool) All { get; } = (size, flag);

            [{{layers}}]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """, messages);

    private static Task Check(string layers, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net(int size = 8)
        {
            private const int Count = 3;

            {{layers}}
            private partial Tensor Body([Shape("N, 8")] Tensor x);

            [Linear(8)]
            public partial Tensor Narrow([Shape("N, 8")] Tensor x);

            [Linear(16)]
            public partial Tensor Wide([Shape("N, 8")] Tensor x);

            [Linear(1)]
            public partial Tensor One([Shape("N, 8")] Tensor x);

            [Linear(nameof(size))]
            public partial Tensor Sized([Shape("N, 8")] Tensor x);

            [return: Shape("N, C")]
            private static Tensor Normalize([Shape("N, C")] Tensor x) => x / Count;

            private static Tensor Unshaped(Tensor x) => x / Count;

            public override Tensor forward(Tensor x) => Body(x);
        }
        """, messages);
}

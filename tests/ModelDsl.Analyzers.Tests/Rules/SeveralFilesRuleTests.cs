using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>What files and the assembly say of a class besides.</summary>
public sealed class SeveralFilesRuleTests
{
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
}

using ModelDsl.Analyzers.Tests.Verification;
using ModelDsl.CodeFixes;

namespace ModelDsl.Analyzers.Tests.Fixes;

public sealed class MakePartialTests
{
    [Fact]
    public Task ModelsAndWhatContainsThem_BecomePartial() => FixTest<MakePartialCodeFix>.Check("""
        public sealed class Networks
        {
            [Model]
            internal sealed class {|MDL001:First|}
            {
                [Linear(10)]
                private partial Tensor Head([Shape("N, 784")] Tensor x);
            }

            [Model]
            public partial class {|MDL001:Second|}
            {
                [Linear(10)]
                private partial Tensor Head([Shape("N, 784")] Tensor x);
            }
        }

        [Model] // A comment.
        class {|MDL001:Third|}
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """, """
        public sealed partial class Networks
        {
            [Model]
            internal sealed partial class First
            {
                [Linear(10)]
                private partial Tensor Head([Shape("N, 784")] Tensor x);
            }

            [Model]
            public partial class Second
            {
                [Linear(10)]
                private partial Tensor Head([Shape("N, 784")] Tensor x);
            }
        }

        [Model] // A comment.
        partial class Third
        {
            [Linear(10)]
            private partial Tensor Head([Shape("N, 784")] Tensor x);
        }
        """);
}

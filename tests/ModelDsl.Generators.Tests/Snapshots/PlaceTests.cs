using ModelDsl.Generators.Tests.Harness;

namespace ModelDsl.Generators.Tests.Snapshots;

/// <summary>Where a model may stand, and what surrounds it.</summary>
public sealed class PlaceTests
{
    [Fact]
    public void Nested_in_a_generic_class() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        internal partial class Outer<T>
            where T : class
        {
            internal partial record Middle
            {
                [Model]
                internal partial class Inner<TTag>(int width)
                    where TTag : struct
                {
                    [Linear(nameof(width)), ReLU]
                    private partial Tensor Head([Shape("N, 3")] Tensor x);
                }
            }
        }

        [Model]
        internal partial class User
        {
            [Block<Outer<string>.Middle.Inner<int>>("width: 4")]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Samples.User", [], [2, 3], [2, 4], ("N", 2));

    [Fact]
    public void In_the_global_namespace() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        [Model]
        public partial class Global
        {
            [Linear(3)]
            public override partial Tensor forward([Shape("N, 2")] Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Global", [], [2, 2], [2, 3], ("N", 2));

    [Fact]
    public void With_a_forward_of_its_own() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Gated(int width)
        {
            [Linear(nameof(width)), GELU]
            private partial Tensor Gate([Shape("N, width")] Tensor x);

            [Linear(nameof(width))]
            private partial Tensor Value([Shape("N, width")] Tensor x);

            /// <summary>The value where the gate is open.</summary>
            public override Tensor forward(Tensor input)
            {
                using var gate = Gate(input);
                using var value = Value(input);
                return gate * value;
            }
        }
        """).IsVerified();

    [Fact]
    public void With_comments_of_the_author() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>A model that its author describes.</summary>
        [Model]
        public partial class Described
        {
            /// <summary>A stage that its author describes.</summary>
            /// <param name="x">Vectors.</param>
            [Linear(3)]
            public partial Tensor Explained([Shape("N, 2")] Tensor x);

            [Linear(4), Norm]
            public partial Tensor Unexplained(Tensor x);
        }
        """)
        .IsVerified()
        .Runs("Samples.Described", [], [2, 2], [2, 4], ("N", 2));

    [Fact]
    public void With_names_that_are_keywords_or_already_taken() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples.@event;

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class @class(int @int, int conv)
        {
            private readonly string _stem = "taken";

            internal string StemLinear => _stem;

            [Linear(nameof(@int)), ReLU, Linear(nameof(conv))]
            private partial Tensor @this([Shape("N, 2")] Tensor @in);

            [Linear(2), ReLU, Linear(nameof(@int))]
            private partial Tensor stem(Tensor linear1);

            [ReLU, Linear(3), ReLU]
            private partial Tensor Linear(Tensor relu);
        }
        """)
        .IsVerified()
        .Runs("Samples.event.class", [5, 4], [2, 2], [2, 3], ("N", 2));

    [Fact]
    public void Of_a_wrong_declaration_bodies_throw() => Expansion.OfWrong("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        /// <summary>Its author describes it.</summary>
        [Model]
        public partial class Wrong(int width, double dropout, Normalization norm)
        {
            [Linear("widht"), Norm]
            private partial Tensor Head([Shape("N, width")] Tensor x);

            [Dropout(nameof(dropout))]
            public partial Tensor Tail(Tensor x);
        }
        """).IsVerified();

    [Fact]
    public void Of_a_wrong_forward_the_body_throws() => Expansion.OfWrong("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        public partial class Wrong
        {
            [Conv2d(8, 3)]
            public override partial Tensor forward(Tensor x);
        }
        """).IsVerified();
}

using System.Reflection;
using ModelDsl.Generators.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Generators.Tests.Robustness;

/// <summary>Generated names give way to names that are taken.</summary>
public sealed class NameTests
{
    /// <summary>What a generated field could hide: members of the base class that start as fields do.</summary>
    public static TheoryData<string> InheritedNames =>
    [
        .. typeof(nn.Module<Tensor, Tensor>)
            .GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy)
            .Where(IsInherited)
            .Select(member => member.Name)
            .Where(name => name[0] == '_' && !name[1..].Contains('_', StringComparison.Ordinal))
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(InheritedNames))]
    public void A_stage_called_as_an_inherited_member_hides_nothing(string inherited)
    {
        var stage = char.ToUpperInvariant(inherited[1]) + inherited[2..];
        ModelCompiler.Run($$"""
            using ModelDsl;
            using static TorchSharp.torch;

            namespace Samples;

            [Model]
            public partial class Block
            {
                [Linear(3)]
                public override partial Tensor forward([Shape("N, 3")] Tensor x);
            }

            [Model]
            public partial class Net
            {
                [Block<Block>]
                private partial Tensor {{stage}}([Shape("N, 3")] Tensor x);
            }
            """).ShouldCompile();
    }

    [Theory]
    [InlineData("public partial class @class<@int>")]
    [InlineData("public partial class Net<T, @T2, @new> where T : class")]
    public void Keywords_as_names_are_escaped_in_the_generated_part(string head) => ModelCompiler.Run($$"""
        using ModelDsl;
        using static TorchSharp.torch;

        [Model]
        {{head}}
        {
            [Linear(3)]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """).ShouldCompile();

    [Fact]
    public void Stages_called_as_what_flows_are_called_all_the_same() => ModelCompiler.Run("""
        using ModelDsl;
        using static TorchSharp.torch;

        [Model]
        public partial class Net
        {
            [Branch(nameof(mask)), ReLU]
            private partial Tensor x([Shape("N, 3")] Tensor x, Tensor? mask = null);

            [Linear(3)]
            private partial Tensor mask(Tensor x);
        }
        """).ShouldCompile();

    [Fact]
    public void Obsolete_stages_and_blocks_are_said_where_the_author_names_them() => Assert.All(
        ModelCompiler.Run("""
            using System;
            using ModelDsl;
            using static TorchSharp.torch;

            [Model]
            public partial class Net
            {
                [Block<Old>]
                private partial Tensor Body([Shape("N, 3")] Tensor x);

                [ReLU, Obsolete("soon gone")]
                private partial Tensor Head(Tensor x);
            }

            [Model, Obsolete]
            public partial class Old
            {
                [Linear(3)]
                public override partial Tensor forward([Shape("N, 3")] Tensor x);
            }
            """).Diagnostics,
        warning => Assert.Equal("Source0.cs", warning.Location.SourceTree?.FilePath));

    [Fact]
    public void Defaults_that_are_null_where_none_is_expected_bring_no_second_warning() => Assert.All(
        ModelCompiler.Run("""
            using ModelDsl;
            using static TorchSharp.torch;

            [Model]
            public partial class Net
            {
                [Linear(3)]
                private partial Tensor Body([Shape("N, 3")] Tensor x, Tensor mask = null, int step = default);
            }
            """).Diagnostics,
        warning => Assert.Equal("Source0.cs", warning.Location.SourceTree?.FilePath));

    /// <summary>Its rule speaks of the block alone; nothing is left for the compiler to say of the model around it.</summary>
    [Fact]
    public void A_block_whose_forward_hides_that_of_the_base_can_be_called_all_the_same() => Assert.Empty(
        ModelCompiler.Run("""
            using ModelDsl;
            using static TorchSharp.torch;

            [Model]
            public partial class Inner
            {
                [Linear(3)]
                protected partial Tensor forward([Shape("N, 3")] Tensor x);
            }

            [Model]
            public partial class Net
            {
                [Block<Inner>]
                private partial Tensor Body([Shape("N, 3")] Tensor x);
            }
            """).Diagnostics);

    /// <summary>A member of the author's would be called instead, and the model would hold nothing.</summary>
    [Fact]
    public void Members_called_as_those_that_register_leave_the_registration_alone()
    {
        using var models = ModelCompiler.Run("""
            using ModelDsl;
            using TorchSharp.Modules;
            using static TorchSharp.torch;

            [Model]
            public partial class Net(int width = 3)
            {
                [Parameter("width")]
                private partial Parameter Bias { get; }

                [Buffer("width")]
                private partial Tensor Mean { get; }

                [Linear(nameof(width), Bias = false), BatchNorm]
                public partial Tensor Body([Shape("N, width")] Tensor x);

                [Linear(nameof(width), Bias = false, Tied = nameof(First))]
                private partial Linear Second { get; }

                [Linear(nameof(width), Bias = false)]
                private partial Linear First { get; }

                public override Tensor forward([Shape("N, width")] Tensor x) => Body(First.call(Second.call(x)) + Bias - Mean);

                private static void Register(string name, object value) { }

                private static void RegisterNormalization(string name, object value) { }

                private static void RegisterParameter(string name, object? value) { }

                private static void RegisterBuffer(string name, object? value, bool persistent) { }

                private static Parameter Move(string name, Parameter value, object destination) => value;

                private static Tensor MoveBuffer(string name, Tensor value, object destination) => value;

                private static Parameter Tied(object value) => (Parameter)value;
            }
            """).ShouldCompile().Load();
        using var scope = NewDisposeScope();
        using var net = models.Create("Net");
        Assert.Equal(5, net.parameters().Count());
        Assert.Equal(5 + 1 + 4, net.state_dict().Count);
        Assert.All(net.to(float64).state_dict().Values, tensor => Assert.NotEqual(float32, tensor.dtype));
    }

    [Fact]
    public void A_constructor_parameter_called_as_a_called_member_does_not_hide_it() => ModelCompiler.Run("""
        using ModelDsl;
        using static TorchSharp.torch;

        [Model]
        public partial class Net(int GiveUp, int Reached, int TakeOver, int PassOn)
        {
            [Linear(nameof(GiveUp)), ReLU, Linear(nameof(Reached))]
            private partial Tensor Body([Shape("N, 3")] Tensor x);

            [Linear(nameof(TakeOver)), ReLU, Linear(nameof(PassOn))]
            private partial Tensor Head(Tensor x);
        }
        """).ShouldCompile();

    [Fact]
    public void Before_a_call_of_the_author_s_a_stub_gives_way() => Assert.DoesNotContain(
        ModelCompiler.Run("""
            using ModelDsl;
            using static TorchSharp.torch;

            [Model]
            public partial class Net
            {
                [Linear(3)]
                private partial Tensor Body([Shape("N, 3")] Tensor x);

                public Tensor forward(Tensor x) => Body(x);

                public Tensor call(Tensor x) => forward(x);
            }
            """).Diagnostics,
        diagnostic => diagnostic.Id == "CS0111");

    [Fact]
    public void A_default_of_null_in_code_without_annotations_brings_no_warning() => ModelCompiler.Run("""
        #nullable disable
        using ModelDsl;
        using static TorchSharp.torch;

        [Model]
        public partial class Net
        {
            [Linear(3), SelfAttention(1)]
            private partial Tensor Body([Shape("N, T, 3")] Tensor x, Tensor mask = null);
        }
        """).ShouldCompile();

    [Fact]
    public void A_model_called_as_a_namespace_of_the_references_brings_no_warning() => ModelCompiler.Run("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace System;

        [Model]
        public partial class Net
        {
            [Conv2d(32, 3), BatchNorm]
            private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
        }
        """).ShouldCompile();

    [Fact]
    public void A_comparison_with_a_number_that_is_no_int_brings_no_warning() => ModelCompiler.Run("""
        using ModelDsl;
        using static TorchSharp.torch;

        [Model]
        public partial class Net(int width)
        {
            [Linear("width == 21474836480 ? 2 : 1")]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """).ShouldCompile();

    [Fact]
    public void A_name_of_small_letters_brings_no_second_warning() => Assert.Equal(
        "Source0.cs",
        Assert.Single(ModelCompiler.Run("""
            using ModelDsl;
            using static TorchSharp.torch;

            [Model]
            public partial class net
            {
                [Linear(3)]
                private partial Tensor Body([Shape("N, 3")] Tensor x);
            }
            """).Diagnostics).Location.SourceTree?.FilePath);

    [Fact]
    public void A_stage_called_as_an_author_s_field_gets_another_field() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        public partial class Net
        {
            private static readonly int _sizes = 4, _stemLinear = 5, _stemInput = 6;

            internal static int Sum => _sizes + _stemLinear + _stemInput;

            [Linear(3), Linear(2)]
            private partial Tensor Stem([Shape("N, 3")] Tensor stem);

            [Linear(4)]
            private partial Tensor STem([Shape("N, 2")] Tensor x);
        }
        """).Runs("Samples.Net", [], [2, 3], [2, 4], ("N", 2));

    [Fact]
    public void Sizes_may_be_long() => Expansion.Of("""
        using ModelDsl;
        using static TorchSharp.torch;

        namespace Samples;

        [Model]
        internal partial class Block(long width)
        {
            [Linear(nameof(width)), ReLU]
            public override partial Tensor forward([Shape("N, width")] Tensor x);
        }

        [Model]
        internal partial class Net(long depth, long[] widths)
        {
            [Linear("widths[0]"), Block<Block>(Repeat = "depth / 2"), Block<Block>(Repeat = "depth"), Linear(4)]
            private partial Tensor Body([Shape("N, 3")] Tensor x);
        }
        """).Runs("Samples.Net", [4L, new[] { 5L }], [2, 3], [2, 4], ("N", 2));

    private static bool IsInherited(MemberInfo member) => member switch
    {
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        _ => true,
    };
}

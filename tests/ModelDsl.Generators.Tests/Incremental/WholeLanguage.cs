using System.Reflection;
using ModelDsl.Generators.Tests.Harness;
using ModelDsl.Generators.Tests.RandomNets;

namespace ModelDsl.Generators.Tests.Incremental;

/// <summary>
/// Sources in which everything that the language knows is said somewhere: sound and wrong models, every attribute with every
/// option, random nets, and blocks of another assembly.
/// </summary>
internal static class WholeLanguage
{
    private const string Usings = """
        using ModelDsl;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;


        """;

    private const string Library = Usings + """
        namespace Library;

        [Model]
        public partial class Cell(
            int inChannels, int channels = 8, int stride = 1, bool wide = false, Normalization norm = default)
        {
            [Conv2d("wide ? 2 * channels : channels", 3, Stride = nameof(stride)), Norm, ReLU(When = nameof(wide)),
             Conv2d(nameof(channels), 3), Shortcut(Scale = 0.5)]
            private partial Tensor Body([Shape("N, inChannels, H, W")] Tensor x, Tensor? mask = null);
        }
        """;

    private const string Networks = Usings + """
        namespace Samples;

        internal sealed class Halving(int width, string mode = "a", double rate = 0.5)
            : nn.Module<Tensor, Tensor?, Tensor>("halving")
        {
            [return: Shape("N, width / 2, T", Layout = Layout.ChannelsFirst)]
            public override Tensor forward([Shape("N, width, T", Layout = Layout.ChannelsFirst)] Tensor x, Tensor? mask) =>
                x.narrow(1, 0, width / 2) * rate * mode.Length;
        }

        internal static class Modes
        {
            internal const string Usual = "usual";
        }

        internal sealed class OwnNorm(NormalizationSite site) : nn.Module<Tensor, Tensor>("own")
        {
            public override Tensor forward(Tensor x) => x / site.Channels;
        }

        /// <summary>Its author describes it.</summary>
        [Model, GroupNorm(ChannelsPerGroup = 2), GELU, TrackGradientNoise, Initialization(Init.KaimingNormal, Fan = FanMode.Out)]
        public partial class Chain(int[] depths, int width = 8, bool wide = true, double rate = 0.1, Normalization norm = default,
            Activation activation = default)
        {
            private int Half => width / 2 + width % 3 - depths[0];

            private bool IsDeep => !wide && depths[1] > 4;

            [Stage(Name = "stem", Numbered = true)]
            [Conv2d("!wide ? 2 * width : 8", 3), Norm, Activation, Label("early"), Dropout(nameof(rate)), MaxPool2d(2)]
            private partial Tensor Stem([Shape("N, 3, H, W")] Tensor images);

            [Block<Library.Cell>(
                "channels: 4 * width, stride: index == 0 ? 2 : 1", Repeat = "depths[0]", Name = "layer{index + 1}"),
             Conv2d(nameof(Half), 1, When = nameof(IsDeep)), Norm<OwnNorm>,
             Shortcut(Downsample = Downsample.AveragePool, Scale = BranchScale.SkipInit)]
            private partial Tensor Deep(Tensor x, Tensor? mask = null, float floor = float.NegativeInfinity, char letter = 'x');

            /// <summary>Its author describes it.</summary>
            [Branch(nameof(Left), nameof(Right), Merge = Merge.Concat), Call(nameof(Twice)), GlobalAvgPool]
            private partial Tensor Split(Tensor x);

            [Conv2d(3, 1)]
            private partial Tensor Left(Tensor x);

            [Conv2d(5, 1), BatchNorm, ReLU]
            private partial Tensor Right(Tensor x);

            [Initialization(Init.Zeros)]
            [Linear(10)]
            private partial Tensor Head(Tensor x);

            private static Tensor Twice(Tensor x) => x + x;
        }

        [Model]
        public partial class Written(int width, int heads = 2, double rate = 0.5)
        {
            [Parameter("1, 1, width", Initialization = Init.Zeros)]
            private partial Parameter ClassToken { get; }

            [Buffer("width", Persistent = false, Initializer = nameof(Ramp))]
            private partial Tensor Positions { get; }

            [Embedding(12, nameof(width)), Shape("N, T")]
            public partial EmbeddingLayer Tokens { get; }

            [Linear(12, Tied = nameof(Tokens))]
            public partial Linear Out { get; }

            [Norm, SelfAttention(nameof(heads), Causal = true), Dropout(nameof(rate)), Shortcut]
            private partial Tensor Attend([Shape("N, T, width")] Tensor x, Tensor? mask = null);

            [Block<Halving>("mode: string.Concat(Modes.Usual, nameof(Halving)), rate: System.Math.Sqrt(rate)")]
            private partial Tensor Halve([Shape("N, width, T", Layout = Layout.ChannelsFirst)] Tensor x, Tensor? mask = null);

            private static Tensor Ramp(long[] sizes) => arange(sizes[0]).to(ScalarType.Float32);

            [return: Shape("N, T, 12")]
            public override Tensor forward(Tensor x)
            {
                var (batch, total) = (x.shape[0], 0L);
                var y = Tokens.call(x) + Positions;
                for (var layer = 0; layer < 2 && rate > 0; layer++)
                {
                    y = layer == 1 ? Attend(y) : y.relu();
                    total += layer;
                }
                if (y.dim() is > 2)
                    y = cat([ClassToken.expand(batch, 1, -1), y], 1)[.., 1.., ..^0];
                else
                    return Out.call(Mixed(y, factor: 2));
                while (total-- > 0)
                    y = y.view(batch, -1, width).permute(0, 2, 1).transpose(1, 2);
                Func<Tensor, Tensor> twice = z => z * 2;
                return Out.call(twice(y));
            }

            private Tensor Odd([Shape("N, width")] Tensor x, Tensor[] more)
            {
                foreach (var other in more)
                {
                    if (other.dim() > 2)
                        break;
                    x = cat([x * 0.5, .. more], 0);
                }
                return x.dim() == 2 ? einsum("nc,mc->nm", x, x) : throw new System.ArgumentException("x");
            }

            private Tensor Mixed([Shape("N, T, width")] Tensor x, int factor) => x.mean([1], keepdim: true) * factor;
        }

        [Model]
        public partial class Outer<T>
            where T : class
        {
            [Linear(4)]
            private partial Tensor Body([Shape("..., 3")] Tensor x);

            [Model]
            private partial class Inner(Normalization norm = default)
            {
                [Conv2d(10, 3), Norm, ReLU]
                private partial Tensor Body([Shape("N, 3, H, W")] Tensor x);
            }
        }
        """;

    private const string Wrong = Usings + """
        namespace Faults;

        [Model, BatchNorm, LayerNorm]
        public partial class Several(int width, int index)
        {
            [Linear("widht"), Linear("width +"), Norm, Conv2d(3, 3), Linear(-4), Block<Several>("index: 1", Repeat = 2)]
            private partial Tensor Body([Shape("N, width")] Tensor x);

            [Flatten, GroupNorm(Groups = 3), Shortcut(From = "nowhere"), Label("a"), Label("a")]
            private partial Tensor Other(Tensor x, int count);

            [Linear(3), ReLU]
            public partial Linear Layer { get; }

            [Parameter("N"), Buffer("2")]
            public partial Tensor Both { get; }
        }

        [Model]
        public partial class Ring { [Block<Back>] private partial Tensor Body([Shape("N, 3")] Tensor x); }

        [Model]
        public partial class Back { [Block<Ring>] private partial Tensor Body([Shape("N, 3")] Tensor x); }

        [Model]
        public class NotPartial { [Linear(3)] private Tensor Body([Shape("N, 3")] Tensor x) => x; }

        [Model]
        public static partial class Static { [Linear(Missing)] public static partial void Body(ref Tensor x); }

        [Model]
        file partial record Local : Missing
        {
            [Linear(3)]
            private partial Tensor Body<T>([Shape("N, 3")] scoped in Tensor x) where T : struct;
        }

        [Model]
        public partial class Bodies
        {
            [Linear(3)]
            private partial Tensor Body([Shape("N, 4")] Tensor x);

            public Tensor forward(Tensor x, params int[] more) => cat([x.view(1, 2).matmul(x), Body(x)], more[0]);
        }

        [Model]
        public partial class ring
        {
            [InstanceNorm(Affine = false), Norm]
            public override partial Tensor forward([Shape("N, 3")] Tensor x);
        }
        """;

    private static readonly IReadOnlyList<Type> Layers =
    [
        .. typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)))
            .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false })
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    private static readonly Lazy<byte[]> LibraryImage = new(() =>
        ModelCompiler.RunProject("Library", [], Library).ShouldCompile().Image());

    /// <summary>Every layer attribute of the language.</summary>
    public static IEnumerable<string> AttributeNames => Layers.Select(Name);

    public static IReadOnlyList<string> Sources { get; } =
    [
        "using ModelDsl;\n[assembly: LayerNorm(Epsilon = 0.001)]\n[assembly: SiLU]\n[assembly: Initialization(Init.Zeros)]",
        Networks,
        Wrong,
        EveryOption(),
        .. Enumerable.Range(0, 60).Select(seed => NetGrammar.Draw(seed).Source),
    ];

    /// <summary>Parses and compiles everything anew and runs the generator over it.</summary>
    public static GeneratorRun Run()
    {
        var run = ModelCompiler.RunProject("Samples", [LibraryImage.Value], [.. Sources]);
        Assert.Null(run.Result.Exception);
        return run;
    }

    /// <summary>Each attribute by each of its constructors, and with each of its options, in a model of its own.</summary>
    private static string EveryOption()
    {
        var models = Layers.Select(layer => $$"""
            [Model]
            public partial class Of{{Name(layer)}}(int width, double rate, bool flag)
            {
                {{string.Join("\n    ", Uses(layer).Select((use, index) =>
                    $"[{use}]\n    private partial Tensor Stage{index}([Shape(\"N, 8, 8, 8\")] Tensor x);\n"))}}
                [{{Uses(layer).First()}}, Shape("N, 8")]
                private partial nn.Module<Tensor, Tensor> Property { get; }
            }
            """);
        return $"{Usings}namespace Options;\n\n{string.Join("\n\n", models)}";
    }

    private static IEnumerable<string> Uses(Type layer)
    {
        foreach (var constructor in layer.GetConstructors())
        {
            var arguments = constructor.GetParameters().Select(parameter => Value(parameter.ParameterType)).ToList();
            var options = layer.GetProperties()
                .Where(property => property.SetMethod is { IsPublic: true })
                .Select(option => $"{option.Name} = {Value(option.PropertyType)}");
            foreach (IEnumerable<string> option in options.Select(option => new[] { option }).Prepend([]))
                yield return $"{Name(layer)}({string.Join(", ", arguments.Concat(option))})";
        }
    }

    private static string Value(Type type) => type switch
    {
        { IsEnum: true } => $"{type.Name}.{Enum.GetNames(type)[^1]}",
        _ when type == typeof(bool) => "true",
        _ when type == typeof(double) => "0.25",
        _ when type == typeof(string) => "\"width\"",
        _ when type == typeof(object) => "2",
        _ when type == typeof(string[]) => "[\"Stage0\"]",
        _ => "4",
    };

    private static string Name(Type layer) => layer.Name[..^"Attribute".Length];
}

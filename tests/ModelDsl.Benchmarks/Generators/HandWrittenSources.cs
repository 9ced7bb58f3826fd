using System.Globalization;

namespace ModelDsl.Benchmarks.Generators;

/// <summary>The models of <see cref="ModelSources"/> as TorchSharp's documentation would have them written.</summary>
internal static class HandWrittenSources
{
    /// <summary>The file of one model.</summary>
    /// <param name="number">The model's number, from 0.</param>
    public static string Model(int number)
    {
        var suffix = (number / 2).ToString(CultureInfo.InvariantCulture);
        return (number % 2 == 0 ? Block : Network)
            .Replace("Block$", "Block" + suffix, StringComparison.Ordinal)
            .Replace("Network$", "Network" + suffix, StringComparison.Ordinal);
    }

    private const string Block = """
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        namespace Samples;

        /// <summary>A residual block.</summary>
        public class Block$ : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv1;
            private readonly GroupNorm norm1;
            private readonly Conv2d conv2;
            private readonly GroupNorm norm2;
            private readonly Sequential? shortcut;

            public Block$(long inChannels, long channels, long stride = 1)
                : base(nameof(Block$))
            {
                conv1 = Conv2d(inChannels, channels, 3, stride: stride, padding: 1);
                norm1 = GroupNorm(channels / 8, channels);
                conv2 = Conv2d(channels, channels, 3, padding: 1);
                norm2 = GroupNorm(channels / 8, channels);
                if (stride != 1 || inChannels != channels)
                    shortcut = Sequential(Conv2d(inChannels, channels, 1, stride: stride), GroupNorm(channels / 8, channels));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                var x = functional.relu(norm1.call(conv1.call(input)));
                x = norm2.call(conv2.call(x));
                return functional.relu(x + (shortcut is null ? input : shortcut.call(input)));
            }
        }
        """;

    private const string Network = """
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        namespace Samples;

        /// <summary>A residual network.</summary>
        public class Network$ : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv;
            private readonly GroupNorm norm;
            private readonly ModuleList<Module<Tensor, Tensor>> blocks = ModuleList<Module<Tensor, Tensor>>();
            private readonly Linear linear;

            public Network$(int depth = 20, int width = 16, int classes = 10)
                : base(nameof(Network$))
            {
                conv = Conv2d(3, width, 3, padding: 1);
                norm = GroupNorm(width / 8, width);
                var inChannels = width;
                for (var stage = 0; stage < 3; stage++)
                {
                    var channels = width << stage;
                    for (var index = 0; index < (depth - 2) / 6; index++)
                    {
                        blocks.Add(new Block$(inChannels, channels, stage > 0 && index == 0 ? 2 : 1));
                        inChannels = channels;
                    }
                }
                linear = Linear(inChannels, classes);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input)
            {
                var x = functional.relu(norm.call(conv.call(input)));
                foreach (var block in blocks)
                    x = block.call(x);
                x = functional.adaptive_avg_pool2d(x, 1).flatten(1);
                return linear.call(x);
            }
        }
        """;
}

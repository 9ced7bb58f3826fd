namespace ModelDsl.Benchmarks.Networks;

/// <summary>The sizes of the blocks of a CIFAR ResNet, for the hand-written networks.</summary>
internal static class ResidualStages
{
    public static IEnumerable<(int InChannels, int Channels, int Stride)> Blocks(int depth, int width)
    {
        var inChannels = width;
        for (var stage = 0; stage < 3; stage++)
        {
            var channels = width << stage;
            for (var index = 0; index < (depth - 2) / 6; index++)
            {
                yield return (inChannels, channels, stage > 0 && index == 0 ? 2 : 1);
                inChannels = channels;
            }
        }
    }
}

using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Sharpness;

internal static class TensorValues
{
    public static double[] Values(this Tensor tensor) => tensor.detach().to(float64).data<double>().ToArray();

    /// <summary>For claims of bit-for-bit equality.</summary>
    public static byte[] Bits(this Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();

    /// <summary>Parameters and buffers of a module, to the bit.</summary>
    public static Dictionary<string, byte[]> Bits(this nn.Module module) =>
        module.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.Bits());

    public static void AssertClose(double[] expected, double[] actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"[{i}]: {actual[i]:R}, not {expected[i]:R}");
    }
}

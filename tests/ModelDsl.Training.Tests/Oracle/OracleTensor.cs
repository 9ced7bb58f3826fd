using static TorchSharp.torch;

namespace ModelDsl.Training.Tests.Oracle;

/// <summary>A float64 tensor of an oracle file, row-major.</summary>
internal sealed record OracleTensor(long[] Shape, double[] Data)
{
    public Tensor ToTensor() => tensor(Data, Shape);

    /// <summary>Asserts equality to 1e-9 relative; 1e-12 absolute for what is zero up to rounding.</summary>
    public void AssertEquals(Tensor actual, string name)
    {
        Assert.Equal(Shape, actual.shape);
        var values = actual.detach().data<double>().ToArray();
        for (var i = 0; i < Data.Length; i++)
        {
            var tolerance = 1e-9 * Math.Abs(Data[i]) + 1e-12;
            Assert.True(Math.Abs(values[i] - Data[i]) <= tolerance, $"{name}[{i}]: {values[i]:R}, not {Data[i]:R}");
        }
    }
}

namespace ModelDsl.Training.Tests.GradientNoise;

internal static class Close
{
    public static void Assert(double expected, double? actual, double relative = 1e-9)
    {
        Xunit.Assert.NotNull(actual);
        Xunit.Assert.Equal(expected, actual.Value, relative * Math.Abs(expected) + 1e-12);
    }
}

using static TorchSharp.torch;

namespace ModelDsl.Training.Tests;

public sealed class LearningRatesTests
{
    [Fact]
    public void One_cycle_is_PyTorchs()
    {
        const int Steps = 50;
        var schedule = LearningRates.OneCycle(0.1);
        using var weight = new TorchSharp.Modules.Parameter(zeros(1));
        using var sgd = optim.SGD([weight], 0.1);
        var theirs = optim.lr_scheduler.OneCycleLR(sgd, 0.1, total_steps: Steps, cycle_momentum: false);

        for (var step = 0; step < Steps; step++)
        {
            Assert.Equal(sgd.ParamGroups.First().LearningRate, schedule(step, Steps), 1e-9);
            if (step < Steps - 1)
                theirs.step();
        }
    }

    [Theory]
    [InlineData(0, 0.004)]
    [InlineData(29, 0.1)]
    [InlineData(99, 0.1 / 25 / 1e4)]
    public void One_cycle_has_its_corners(int step, double expected) =>
        Assert.Equal(expected, LearningRates.OneCycle(0.1)(step, 100), 1e-12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_cycle_is_finite_and_positive_however_short(int steps) =>
        Assert.All(Enumerable.Range(0, steps), step => Assert.InRange(LearningRates.OneCycle(0.1)(step, steps), 1e-7, 0.1));
}

using static TorchSharp.torch;

namespace ModelDsl.Tests.Layers;

public sealed class CircularPadTests
{
    [Fact]
    public void The_map_goes_on_at_its_other_end()
    {
        using var scope = NewDisposeScope();
        using var layer = new CircularPad(1, 2);
        var output = layer.call(arange(4, dtype: float32).view(1, 1, 4));
        Assert.Equal([3, 0, 1, 2, 3, 0, 1], output.data<float>().ToArray());
    }

    [Fact]
    public void Sizes_are_those_of_the_last_axis_first()
    {
        using var scope = NewDisposeScope();
        using var layer = new CircularPad(0, 0, 1, 0);
        var output = layer.call(arange(4, dtype: float32).view(1, 1, 2, 2));
        Assert.Equal([2, 3, 0, 1, 2, 3], output.data<float>().ToArray());
    }
}

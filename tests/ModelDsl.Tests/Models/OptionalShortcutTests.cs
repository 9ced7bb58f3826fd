using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Tests.Models;

/// <summary>A shortcut with a condition: whether it is there, and whether it needs a projection, are two questions.</summary>
public sealed class OptionalShortcutTests
{
    [Theory]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    [InlineData(6, true)]
    public void Adds_where_the_condition_holds_and_projects_where_the_channels_differ(int channels, bool isResidual)
    {
        using var scope = NewDisposeScope();
        using var model = new OptionalResidual(4, channels, isResidual);
        model.eval();
        var state = model.state_dict();
        Assert.Equal(isResidual && channels != 4, state.ContainsKey("shortcut.0.weight"));
        var x = rand([2, 4, 5, 5]);
        var expected = nn.functional.conv2d(x, state["conv.weight"], padding: [1, 1]);
        if (isResidual && channels == 4)
            expected = expected + x;
        else if (isResidual)
            // BatchNorm as it is built: mean 0, variance 1.
            expected = expected + nn.functional.conv2d(x, state["shortcut.0.weight"]) / Math.Sqrt(1 + 1e-5);
        Assert.True(expected.allclose(model.call(x), 1e-5, 1e-6));
    }
}

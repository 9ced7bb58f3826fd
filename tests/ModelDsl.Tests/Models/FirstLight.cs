using TorchSharp;
using static TorchSharp.torch;
namespace ModelDsl.Tests.Models;
public sealed class FirstLight(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Runs()
    {
        using var model = new ResNet(8, 12);
        using var x = randn(2, 1, 28, 28);
        using var y = model.call(x);
        y.sum().backward();
        output.WriteLine(string.Join(",", y.shape));
        output.WriteLine(string.Join("\n", model.state_dict().Keys));
        output.WriteLine(model.Summary().ToString());
    }
}

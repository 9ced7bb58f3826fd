using TorchSharp;
using static TorchSharp.torch;

namespace ModelDsl.Kernels;

/// <summary>
/// What TorchSharp's autograd calls: the first argument is the <see cref="FusedOperation"/>, which does the work.
/// </summary>
internal sealed class FusedFunction : autograd.SingleTensorFunction<FusedFunction>
{
    private const string Operation = nameof(Operation);

    public override string Name => nameof(FusedFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var operation = (FusedOperation)vars[0];
        ctx.save_data(Operation, operation);
        return operation.Forward(ctx, vars.AsSpan(1));
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        ((FusedOperation)ctx.get_data(Operation)).Backward(ctx, grad_output)!;
}

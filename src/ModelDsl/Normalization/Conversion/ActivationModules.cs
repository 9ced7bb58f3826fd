using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Which modules are activations, and which one.</summary>
internal static class ActivationModules
{
    /// <summary>The activation that a module is; null for anything else.</summary>
    public static Activation? Of(nn.Module? module) => module switch
    {
        ReLU => Activation.ReLU(),
        ActivationLayer own => own.Activation,
        LeakyReLU leaky => Activation.LeakyReLU(leaky.negative_slope),
        PReLU parametric => Activation.PReLU(parametric.init),
        RReLU random => Activation.RReLU(random.lower, random.upper),
        PReLULayer => Activation.PReLU(),
        RReLULayer => Activation.RReLU(),
        // It starts as ReLU, but is no ReLU that a threshold could take the place of.
        TLULayer => Activation.Of(static input => input.relu()),
        ReLU6 => Activation.ReLU6(),
        SELU => Activation.SELU(),
        SiLU => Activation.SiLU(),
        Mish => Activation.Mish(),
        Hardswish => Activation.Hardswish(),
        Hardsigmoid => Activation.Hardsigmoid(),
        Sigmoid => Activation.Sigmoid(),
        Tanh => Activation.Tanh(),
        Softsign => Activation.Softsign(),
        Tanhshrink => Activation.Tanhshrink(),
        LogSigmoid => Activation.LogSigmoid(),
        // Their options make the function.
        CELU or ELU or GELU or Hardtanh or Softplus or Softshrink or Hardshrink or Threshold =>
            Activation.Of(((nn.Module<Tensor, Tensor>)module).forward),
        _ => null,
    };
}

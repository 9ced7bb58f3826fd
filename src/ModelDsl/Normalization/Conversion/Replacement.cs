using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A module that is to stand where another stands.</summary>
/// <param name="Old">What stands there.</param>
/// <param name="Type">The type of the new module.</param>
/// <param name="Build">Gives the new module; the old one may be used up by that.</param>
internal sealed record Replacement(nn.Module<Tensor, Tensor> Old, Type Type, Func<nn.Module<Tensor, Tensor>> Build)
{
    /// <summary>Whether the new module is there already, and building gives it.</summary>
    public bool IsBuilt { get; private init; }

    /// <summary>A module that is built already.</summary>
    public static Replacement By(nn.Module<Tensor, Tensor> old, nn.Module<Tensor, Tensor> built) =>
        new(old, built.GetType(), () => built) { IsBuilt = true };
}

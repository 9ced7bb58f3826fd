namespace ModelDsl;

/// <summary>What every declared model offers beside <c>nn.Module</c>.</summary>
public interface IModel
{
    /// <summary>The affine normalization parameters of this model and of all that it nests, in the order of the state dict.</summary>
    IReadOnlyList<NormalizationParameter> NormalizationParameters();

    /// <summary>The layers of this model and of all that it nests that record per-example gradient norms, in order.</summary>
    IReadOnlyList<ITrackedNormalization> TrackedNormalizations();
}

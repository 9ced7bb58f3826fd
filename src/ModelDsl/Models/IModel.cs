namespace ModelDsl;

/// <summary>What every declared model offers beside <c>nn.Module</c>.</summary>
public interface IModel
{
    /// <summary>
    /// The affine normalization parameters of this model and of all that it nests, in the order of the state dict.
    /// </summary>
    IReadOnlyList<NormalizationParameter> NormalizationParameters();

    /// <summary>The layers of this model and of all that it nests that record per-example gradient norms, in order.</summary>
    IReadOnlyList<ITrackedNormalization> TrackedNormalizations();

    /// <summary>The layers with shapes, parameters and multiply-adds.</summary>
    /// <param name="inputShape">
    /// The shape to trace, in evaluation mode. Default: the declared one where its sizes are numbers, with a batch of
    /// 1; without a shape there are no multiply-adds.
    /// </param>
    ModelSummary Summary(params long[] inputShape);

    /// <summary>The declared stages and their layers, in order.</summary>
    IReadOnlyList<StageDescription> DescribeStages();
}

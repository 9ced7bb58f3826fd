namespace ModelDsl.Training.Tests.GradientNoise;

/// <summary>A model of nothing but these layers.</summary>
internal sealed class GivenModel(params ITrackedNormalization[] layers) : IModel
{
    public IReadOnlyList<NormalizationParameter> NormalizationParameters() => [];

    public IReadOnlyList<ITrackedNormalization> TrackedNormalizations() => layers;

    public ModelSummary Summary(params long[] inputShape) => throw new NotSupportedException();

    public IReadOnlyList<StageDescription> DescribeStages() => throw new NotSupportedException();
}

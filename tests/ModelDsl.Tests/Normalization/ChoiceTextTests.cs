namespace ModelDsl.Tests.Normalizing;

public sealed class ChoiceTextTests
{
    public static TheoryData<Normalization, string> Choices => new()
    {
        { default, "default" },
        { Normalization.Batch(), "Batch()" },
        { Normalization.Group(channelsPerGroup: 8).Tracked(), "Group(channelsPerGroup: 8).Tracked()" },
        { Normalization.EvoNormB0(epsilon: 0.001, momentum: 0.2), "EvoNormB0(epsilon: 0.001, momentum: 0.2)" },
        { Normalization.Layer(over: LayerNormOver.LastAxes, axes: 2), "Layer(over: LayerNormOver.LastAxes, axes: 2)" },
        { Normalization.ScaledWeightStandardization(gain: 1.5), "ScaledWeightStandardization(gain: 1.5)" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_choice_reads_as_it_is_written(Normalization choice, string expected) => Assert.Equal(expected, $"{choice}");
}

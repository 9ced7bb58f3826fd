using TorchSharp;
using static TorchSharp.torch;
using Make = ModelDsl.NormalizationLayers;

namespace ModelDsl.Tests.Normalizing;

/// <summary>
/// A slot whose choice is known at run time is what the factories of that variant and plain calls give, with the activation
/// directly behind, behind an addition, and behind other layers.
/// </summary>
public sealed class OpenNormalizationTests
{
    private const string Site = "Net.Stem";
    private const long Channels = 6;

    private static readonly NormalizationSite Map = new(Site, Channels, 4, 1, Sizes: [Channels, 4, 5]);

    /// <summary>Each choice and the layer that the factory of its variant gives; null where nothing stands at the slot.</summary>
    private static readonly Dictionary<string, (Normalization Choice, Func<nn.Module<Tensor, Tensor>?> Layer)> Choices = new()
    {
        ["inherited"] = (default, () => Make.BatchNorm(Site, Channels)),
        ["Batch"] = (Normalization.Batch(1e-3, 0.2), () => Make.BatchNorm(Site, Channels, 1e-3, 0.2)),
        ["Layer"] = (Normalization.Layer(1e-3), () => Make.GroupNorm(Site, Channels, groups: 1, epsilon: 1e-3)),
        ["Layer over channels"] =
            (Normalization.Layer(1e-3, LayerNormOver.Channels), () => Make.LayerNorm(Site, Channels, 1e-3, channelAxis: 1)),
        ["Layer over axes"] =
            (Normalization.Layer(1e-3, LayerNormOver.LastAxes, axes: 2), () => Make.LayerNorm(Site, [4, 5], 1e-3)),
        ["Group"] = (Normalization.Group(2, epsilon: 1e-3), () => Make.GroupNorm(Site, Channels, groups: 2, epsilon: 1e-3)),
        ["Instance"] = (Normalization.Instance(1e-3), () => Make.InstanceNorm(Site, Channels, 1e-3)),
        ["RMS"] = (Normalization.RMS(1e-3), () => Make.RMSNorm(Site, Channels, 1e-3, channelAxis: 1)),
        ["Variance"] = (Normalization.Variance(1e-3, 0.2), () => Make.VarianceNorm(Site, Channels, 1e-3, 0.2)),
        ["FilterResponse"] = (Normalization.FilterResponse(1e-3), () => Make.FilterResponseNorm(Site, Channels, 1e-3)),
        ["EvoNormB0"] = (Normalization.EvoNormB0(0, 0.2), () => Make.EvoNormB0(Site, Channels, momentum: 0.2)),
        ["EvoNormB1"] = (Normalization.EvoNormB1(1e-3), () => Make.EvoNormB1(Site, Channels, 1e-3)),
        ["EvoNormB2"] = (Normalization.EvoNormB2(1e-3), () => Make.EvoNormB2(Site, Channels, 1e-3)),
        ["EvoNormS0"] = (Normalization.EvoNormS0(2), () => Make.EvoNormS0(Site, Channels, groups: 2)),
        ["EvoNormS1"] =
            (Normalization.EvoNormS1(0, 2, 1e-3), () => Make.EvoNormS1(Site, Channels, channelsPerGroup: 2, epsilon: 1e-3)),
        ["EvoNormS2"] = (Normalization.EvoNormS2(3), () => Make.EvoNormS2(Site, Channels, groups: 3)),
        ["Weight"] = (Normalization.Weight(), () => null),
        ["ScaledWeightStandardization"] = (Normalization.ScaledWeightStandardization(), () => null),
        ["WeightCentering"] = (Normalization.WeightCentering(), () => null),
        ["None"] = (Normalization.None(), () => null),
        ["Custom"] = (Normalization.Custom(site => new DoubledNorm(site)), () => new DoubledNorm(Map)),
        ["tracked Layer"] = (Normalization.Layer().Tracked(), () => Make.TrackedGroupNorm(Site, Channels, groups: 1)),
        ["tracked Layer over channels"] = (
            Normalization.Layer(0, LayerNormOver.Channels).Tracked(),
            () => Make.TrackedLayerNorm(Site, Channels, channelAxis: 1)),
        ["tracked Layer over axes"] =
            (Normalization.Layer(0, LayerNormOver.LastAxes).Tracked(), () => Make.TrackedLayerNorm(Site, [5])),
        ["tracked Group"] = (Normalization.Group(2).Tracked(), () => Make.TrackedGroupNorm(Site, Channels, groups: 2)),
        ["tracked Instance"] = (Normalization.Instance().Tracked(), () => Make.TrackedInstanceNorm(Site, Channels)),
        ["tracked RMS"] = (Normalization.RMS().Tracked(), () => Make.TrackedRMSNorm(Site, Channels, channelAxis: 1)),
        ["tracked FilterResponse"] =
            (Normalization.FilterResponse().Tracked(), () => Make.TrackedFilterResponseNorm(Site, Channels)),
    };

    public static TheoryData<string> Names => [.. Choices.Keys];

    public static TheoryData<string, string> Paired
    {
        get
        {
            var paired = new TheoryData<string, string>();
            foreach (var name in Choices.Keys)
            foreach (var activation in new[] { "ReLU", "inherited", "SiLU", "PReLU" })
                paired.Add(name, activation);
            return paired;
        }
    }

    [Fact]
    public void Every_variant_is_here() => Assert.Equal(
        Enum.GetValues<NormalizationVariant>(), Choices.Values.Select(entry => entry.Choice.Variant).Distinct().Order());

    [Theory, MemberData(nameof(Names))]
    public void A_property_is_the_layer_of_the_factory(string name)
    {
        using var scope = NewDisposeScope();
        var (choice, build) = Choices[name];
        using var expected = build() is { } layer ? Layers.Randomized(layer) : nn.Identity();
        using var open = Layers.Randomized(Make.Open(choice, Map));
        Assert.Equal(expected.GetType(), open.GetType());
        AssertSame(expected.call, open.call);
    }

    [Theory, MemberData(nameof(Paired))]
    public void An_activation_directly_behind_is_applied_after_the_layer(string name, string activation)
    {
        using var scope = NewDisposeScope();
        var (expected, open) = Pair(name, activation, isSeparate: false);
        AssertSame(x => expected.Activate(expected.Normalize(x)), open.call);
    }

    [Theory, MemberData(nameof(Paired))]
    public void What_a_shortcut_adds_comes_between(string name, string activation)
    {
        using var scope = NewDisposeScope();
        var (expected, open) = Pair(name, activation, isSeparate: false);
        var addend = Layers.Random(9, 3, Channels, 4, 5);
        AssertSame(x => expected.Activate(expected.Normalize(x) + addend), x => open.call(x, addend));
    }

    [Theory, MemberData(nameof(Paired))]
    public void Other_layers_may_stand_between(string name, string activation)
    {
        using var scope = NewDisposeScope();
        var (expected, open) = Pair(name, activation, isSeparate: true);
        AssertSame(
            x => expected.Activate(expected.Normalize(x).tanh() * 2), x => open.Activate(open.Normalize(x).tanh() * 2));
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_an_activation_there_is_none(string name)
    {
        using var scope = NewDisposeScope();
        var (choice, build) = Choices[name];
        if (choice.IsEvoNorm)
            return;
        using var expected = build() is { } layer ? Layers.Randomized(layer) : nn.Identity();
        var open = new OpenNormalization(choice, Map);
        Randomize(open);
        var addend = Layers.Random(9, 3, Channels, 4, 5);
        Assert.Null(open.ActivationLayer);
        AssertSame(expected.call, open.call);
        AssertSame(x => expected.call(x) + addend, x => open.call(x, addend));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_projection_is_convolution_and_normalization(string name)
    {
        using var scope = NewDisposeScope();
        var (choice, build) = Choices[name];
        var layer = choice.IsEvoNorm ? null : build();
        var convolution = WeightLayers.Open(choice, nn.Conv2d(3, Channels, 1, stride: 2));
        using var expected = Layers.Randomized(layer is null ? nn.Sequential(convolution) : nn.Sequential(convolution, layer));
        using var open = Layers.Randomized(Make.Projection(choice, Map, nn.Conv2d(3, Channels, 1, stride: 2)));
        using var pooled = Make.Projection(choice, Map, nn.Conv2d(3, Channels, 1), nn.AvgPool2d(2));
        Assert.Equal(expected.state_dict().Keys, open.state_dict().Keys);
        Assert.StartsWith("1.", pooled.state_dict().Keys.First(), StringComparison.Ordinal);
        var input = Layers.Random(1, 2, 3, 8, 10);
        Layers.AssertClose(Layers.Values(expected.call(input)), open.call(input));
        Assert.Equal([2, Channels, 4, 5], pooled.call(input.to(ScalarType.Float32)).shape);
    }

    [Fact]
    public void Nothing_is_given_back_that_was_passed_in()
    {
        using var scope = NewDisposeScope();
        var input = Layers.Random(1, 3, Channels, 4, 5);
        foreach (var open in new[]
        {
            new OpenNormalization(Normalization.None(), Map), new OpenNormalization(Normalization.None(), Map, separate: true),
            new OpenNormalization(Normalization.EvoNormB0(), Map, Activation.ReLU(), separate: true),
        })
        {
            if (open.Layer is null)
                open.call(input).Dispose();
            else
                open.Normalize(input).Dispose();
        }
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void Sites_at_which_a_choice_is_not_defined_are_refused()
    {
        AssertRefused(
            Normalization.EvoNormS0(2), Map, null,
            "Net.Stem: EvoNormS0 is normalization and activation in one, but there is no activation beside the slot; put one "
                + "there, or choose another normalization.");
        AssertRefused(
            Normalization.EvoNormB0(), Layers.Sequences(6), Activation.ReLU(),
            "Net.Mix: EvoNormB0 needs feature maps [N, C, H, W], but the input has rank 3 with its 6 channels at axis 2; choose "
                + "Normalization.Layer() there.");
        AssertRefused(
            Normalization.FilterResponse(), Layers.Vectors(6), Activation.ReLU(), "Net.Head: FilterResponseNorm needs");
        AssertRefused(Normalization.Variance(), Layers.Sequences(6), null, "Net.Mix: VarianceNorm needs");
        AssertRefused(
            Normalization.Layer(over: LayerNormOver.ChannelsAndPositions), Layers.Sequences(6), null,
            "Net.Mix: LayerNorm over channels and positions needs");
        AssertRefused(
            Normalization.Layer(over: LayerNormOver.LastAxes, axes: 2), Layers.FeatureMaps(6), null,
            "Net.Stem: LayerNorm over the last 2 axes needs their sizes, but 0 are known there; choose Normalization.Layer(), "
                + "or fewer axes.");
        AssertRefused(Normalization.EvoNormS2(4), Map, Activation.ReLU(), "Net.Stem: 6 channels do not divide into 4 groups");
    }

    [Fact]
    public void Halves_are_for_slots_that_are_separate()
    {
        var open = new OpenNormalization(Normalization.Batch(), Map, Activation.ReLU());
        Assert.Throws<InvalidOperationException>(() => open.Normalize(zeros(3, 6, 4, 5)));
        Assert.Throws<InvalidOperationException>(() => open.Activate(zeros(3, 6, 4, 5)));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.Layer(axes: -1));
        Assert.Throws<ArgumentException>(() => Normalization.Layer(axes: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.ScaledWeightStandardization(gain: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.EvoNormB0(momentum: -1));
        Assert.Throws<ArgumentException>(() => Normalization.EvoNormS0(2, 3));
        Assert.Throws<ArgumentException>(() => Make.BatchNorm("Net.Stem", 4, epsilon: -1));
        Assert.Throws<ArgumentException>(() => Make.BatchNorm("Net.Stem", 4, momentum: 2));
        Assert.Throws<ArgumentException>(() => Make.LayerNorm("Net.Stem", 4, channelAxis: 2));
        Assert.Throws<ArgumentException>(() => Make.LayerNorm("Net.Stem", []));
        Assert.Equal(
            "Net.Stem: RMSNormLayer over 0 channels; give 1 or more.",
            Assert.Throws<ArgumentException>(() => Make.RMSNorm("Net.Stem", 0)).Message);
    }

    /// <summary>What plain calls of the factories' layers give, and the open slot, with the same random state.</summary>
    private static (Plain Expected, OpenNormalization Open) Pair(string name, string activation, bool isSeparate)
    {
        var (choice, build) = Choices[name];
        var chosen = activation switch
        {
            "SiLU" => Activation.SiLU(),
            "PReLU" => Activation.PReLU(perChannel: true),
            "inherited" => default,
            _ => Activation.ReLU(),
        };
        var open = new OpenNormalization(choice, Map, chosen, isSeparate);
        var isReLU = activation is "ReLU" or "inherited";
        var isThresholded = isReLU && choice.Variant == NormalizationVariant.FilterResponse;
        var layer = build();
        nn.Module<Tensor, Tensor> behind = isThresholded ? Make.TLU(Site, Channels)
            : isReLU && choice.Variant == NormalizationVariant.Weight
                ? new ActivationLayer(Activation.ScaledReLU())
            : ActivationLayers.Open(chosen, Site, Channels, 1);
        Assert.Equal(layer is not null, open.Layer is not null);
        Assert.Equal(
            !choice.IsEvoNorm && (activation == "PReLU" || (isThresholded && isSeparate)), open.ActivationLayer is not null);
        Randomize(open);
        if (layer is not null)
            Layers.Randomized(layer);
        Layers.Randomized(behind);
        if (isThresholded && !isSeparate)
            CopyThreshold(open.Layer!, behind);
        return (new(layer, behind, choice.IsEvoNorm), open);
    }

    private static void CopyThreshold(nn.Module<Tensor, Tensor> layer, nn.Module<Tensor, Tensor> behind)
    {
        using var noGrad = no_grad();
        Layers.Parameter(behind, "tau").copy_(Layers.Parameter(layer, "tau"));
    }

    private static void Randomize(OpenNormalization open)
    {
        if (open.Layer is not null)
            Layers.Randomized(open.Layer);
        if (open.ActivationLayer is not null)
            Layers.Randomized(open.ActivationLayer);
    }

    /// <summary>Outputs, gradients and running statistics over two steps and an evaluation are those of the other form.</summary>
    private static void AssertSame(Func<Tensor, Tensor> expected, Func<Tensor, Tensor> actual)
    {
        for (var step = 0; step < 2; step++)
        {
            var input = Layers.Random(20 + step, 3, Channels, 4, 5).requires_grad_();
            var (wanted, given) = (expected(input), actual(input));
            Layers.AssertClose(Layers.Values(wanted), given);
            var upstream = Layers.Random(30 + step, 3, Channels, 4, 5);
            Layers.AssertClose(
                Layers.Values(autograd.grad([wanted], [input], [upstream])[0]), autograd.grad([given], [input], [upstream])[0]);
        }
    }

    private static void AssertRefused(
        Normalization choice, NormalizationSite site, Activation? activation, string start) => Assert.StartsWith(
        start, Assert.Throws<ArgumentException>(() => new OpenNormalization(choice, site, activation)).Message);

    /// <summary>Layer and activation by themselves; an EvoNorm stands where the activation is.</summary>
    private sealed record Plain(
        nn.Module<Tensor, Tensor>? Layer, nn.Module<Tensor, Tensor> Activation, bool IsActivation)
    {
        public Tensor Normalize(Tensor input) => Layer is null || IsActivation ? input.alias() : Layer.call(input);

        public Tensor Activate(Tensor input) => IsActivation ? Layer!.call(input) : Activation.call(input);
    }

    private sealed class DoubledNorm(NormalizationSite site) : nn.Module<Tensor, Tensor>(nameof(DoubledNorm))
    {
        public override Tensor forward(Tensor input) => input * (site.Channels / 3.0);
    }
}

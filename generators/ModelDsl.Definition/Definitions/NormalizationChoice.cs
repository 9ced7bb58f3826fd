using System.Globalization;

namespace ModelDsl.Definition;

/// <summary>What a slot normalizes by.</summary>
/// <param name="Kind">The variant; for an open slot the one that applies unless the caller chooses.</param>
/// <param name="Groups">Of a GroupNorm or EvoNorm-S; 0 = unset.</param>
/// <param name="ChannelsPerGroup">Of a GroupNorm or EvoNorm-S; 0 = unset.</param>
/// <param name="IsTracked">Whether layers that can record per-example gradient norms.</param>
/// <param name="Parameter">The constructor parameter that decides at run time, for an open slot.</param>
/// <param name="Reason">Where the choice was made, for comments: <c>[GroupNorm] on ResNet</c>; null for the language's
/// default.</param>
public sealed record NormalizationChoice(
    NormalizationKind Kind, int Groups, int ChannelsPerGroup, bool IsTracked, string? Parameter, string? Reason)
{
    /// <summary>A choice that is passed as C# and not known here: nothing is claimed of it.</summary>
    public static readonly NormalizationChoice Unknown = new(NormalizationKind.Inherit, 0, 0, false, null, null);

    /// <summary>C# of no normalization at run time.</summary>
    internal const string NothingCode = $"{Runtime}.None()";

    private const string Runtime = "global::ModelDsl.Normalization";

    /// <summary>The default of Wu and He (2018).</summary>
    private const int DefaultGroups = 32;

    /// <summary>What is added to the statistic that is divided by; 0 = unset.</summary>
    public double Epsilon { get; init; }

    /// <summary>The weight of a new batch in running statistics; 0 = unset.</summary>
    public double Momentum { get; init; }

    /// <summary>The constant of scaled weight standardization; 0 = unset, that of the activation.</summary>
    public double Gain { get; init; }

    /// <summary>What a LayerNorm is over.</summary>
    public LayerNormOver Over { get; init; }

    /// <summary>How many last axes a LayerNorm is over; 0 = unset.</summary>
    public int Axes { get; init; }

    /// <summary>How many last axes that is.</summary>
    public int AxisCount => Math.Max(1, Axes);

    /// <summary>The author's own module as C# names it.</summary>
    public string? Module { get; init; }

    public bool IsOpen => Parameter is not null;

    /// <summary>Whether the variant subtracts each channel's mean, so that a bias before it has no effect.</summary>
    public bool SubtractsChannelMean => Kind is NormalizationKind.Batch or NormalizationKind.Instance;

    /// <summary>The choice as C# builds it at run time: <c>norm.Or(global::ModelDsl.Normalization.Layer())</c>.</summary>
    public string Code => Untracked + (IsTracked ? ".Tracked()" : "");

    private string? Untracked => !IsOpen ? Variant
        : IsLeftToRuntime ? Parameter
        : $"{Parameter}.Or({Variant})";

    /// <summary>The bias argument of a weight layer before it, or nothing where the default, true, applies.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="condition">C# of when the normalization is there; null for always.</param>
    public string BiasArgument(string name, string? condition = null)
    {
        var open = $"{(this with { IsTracked = false }).Code}.SubtractsChannelMean";
        return (IsOpen, SubtractsChannelMean, condition) switch
        {
            (true, _, null) => $", {name}: !{open}",
            (true, _, _) => $", {name}: !(({condition}) && {open})",
            (_, true, null) => $", {name}: false",
            (_, true, _) => $", {name}: !({condition})",
            _ => "",
        };
    }

    /// <summary>What applies and why, for the hover text of a stage.</summary>
    public string Explanation
    {
        get
        {
            var because = Reason is null ? $"{Described}, the default" : $"{Described}, from {Reason}";
            var chosen = IsOpen ? $"what the caller passes as {Parameter}, else {because}" : because;
            return IsTracked && Kind.IsTrackable() ? $"{chosen}, tracked" : chosen;
        }
    }

    /// <summary>The name of the layer: that of its attribute, or the author's own module.</summary>
    public string Name => Module is not null ? TorchNames.ShortName(Module) : Kind.Attribute();

    /// <summary>Where the choice was made: <c>, from [WeightNorm] on Net</c>.</summary>
    internal string Because => Reason is null ? "" : $", from {Reason}";

    private string Described => Kind == NormalizationKind.Inherit ? $"{Kind}Norm"
        : !Kind.HasGroups() ? Name
        : ChannelsPerGroup > 0 ? $"{Name} with {ChannelsPerGroup} channels per group"
        : $"{Name} with {GroupCount} groups";

    /// <summary>The channels in each group of a number of channels.</summary>
    public long ChannelsInGroup(long channels) => Kind switch
    {
        NormalizationKind.Layer => channels,
        NormalizationKind.Instance or NormalizationKind.Batch => 1,
        _ when Kind.HasGroups() && ChannelsPerGroup > 0 => ChannelsPerGroup,
        _ when Kind.HasGroups() => Math.Max(1, channels / GroupCount),
        _ => 1,
    };

    /// <summary>What the channels must be a multiple of.</summary>
    public long Divisor => !Kind.HasGroups() ? 1 : ChannelsPerGroup > 0 ? ChannelsPerGroup : GroupCount;

    /// <summary>The attribute that states the choice: <c>[GroupNorm(ChannelsPerGroup = 8)]</c>.</summary>
    public string Attribute => Kind switch
    {
        _ when !Kind.HasGroups() => $"[{Name}]",
        _ when ChannelsPerGroup > 0 => $"[{Name}(ChannelsPerGroup = {ChannelsPerGroup})]",
        _ => $"[{Name}(Groups = {GroupCount})]",
    };

    /// <summary>The groups for messages: <c>groups of 8</c>.</summary>
    internal string GroupText => ChannelsPerGroup > 0 ? $"groups of {ChannelsPerGroup}" : $"{Divisor} groups";

    /// <summary>Further arguments of the layer's factory.</summary>
    internal string OptionArguments => Option("epsilon", Epsilon) + Option("momentum", Momentum);

    /// <summary>Further arguments of the factory of a weight layer.</summary>
    internal string WeightArguments => Option("gain", Gain) + Option("epsilon", Epsilon);

    internal string GroupArguments => ChannelsPerGroup > 0 ? $"channelsPerGroup: {ChannelsPerGroup}" : $"groups: {GroupCount}";

    /// <summary>A choice that inherits counts as BatchNorm at run time too.</summary>
    private bool IsLeftToRuntime => Kind == NormalizationKind.Inherit || (Kind == NormalizationKind.Batch && Reason is null);

    private int GroupCount => Groups > 0 ? Groups : DefaultGroups;

    private string Variant => Kind switch
    {
        NormalizationKind.Inherit => $"default({Runtime})",
        NormalizationKind.Custom => $"{Runtime}.Custom(static site => new {Module}(site))",
        _ => $"{Runtime}.{Kind}({RuntimeArguments.TrimStart(',', ' ')})",
    };

    private string RuntimeArguments =>
        (Kind.HasGroups() ? $", {GroupArguments}" : "")
        + Option("gain", Gain)
        + OptionArguments
        + (Over == LayerNormOver.Default ? "" : $", over: global::ModelDsl.LayerNormOver.{Over}")
        + (Axes == 0 ? "" : $", axes: {Axes}");

    private static string Option(string name, double value) =>
        value == 0 ? "" : $", {name}: {value.ToString("R", CultureInfo.InvariantCulture)}";
}

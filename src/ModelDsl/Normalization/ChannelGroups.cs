namespace ModelDsl;

/// <summary>How the channels of a GroupNorm, or of an EvoNorm of groups, divide into groups.</summary>
internal static class ChannelGroups
{
    private const long Default = 32;
    private const int MostSuggestions = 8;

    /// <summary>The number of groups.</summary>
    /// <param name="site">Model and stage, for messages.</param>
    /// <param name="channels">C.</param>
    /// <param name="groups">The number of groups, or 0.</param>
    /// <param name="channelsPerGroup">The channels in each, or 0. Without either there are 32 groups.</param>
    /// <param name="layer">The layer, for messages.</param>
    /// <exception cref="ArgumentException">Something isn't positive, both are given, or C doesn't divide.</exception>
    public static long Count(
        string site, long channels, long groups, long channelsPerGroup, string layer = "GroupNorm")
    {
        RequirePositive(site, channels, groups, channelsPerGroup, layer);
        var sizes = channelsPerGroup > 0;
        var wanted = sizes ? channelsPerGroup : groups > 0 ? groups : Default;
        if (channels % wanted != 0)
            throw new ArgumentException(Indivisible(site, channels, wanted, sizes, isDefault: !sizes && groups == 0));
        return sizes ? channels / wanted : wanted;
    }

    /// <summary>The number of channels, if it is positive.</summary>
    public static long Positive(string site, string layer, long channels) => channels > 0
        ? channels
        : throw new ArgumentException($"{site}: {layer} over {channels} channels; give 1 or more.");

    private static void RequirePositive(string site, long channels, long groups, long channelsPerGroup, string layer)
    {
        Positive(site, layer, channels);
        if (groups < 0 || channelsPerGroup < 0)
            throw new ArgumentException(
                $"{site}: {layer} over {channels} channels with {groups} groups and {channelsPerGroup} channels per group; " +
                "give a positive number, or 0 to leave it unset.");
        if (groups > 0 && channelsPerGroup > 0)
            throw new ArgumentException(
                $"{site}: {layer} with both {groups} groups and {channelsPerGroup} channels per group; give one of them.");
    }

    private static string Indivisible(string site, long channels, long wanted, bool sizes, bool isDefault)
    {
        var (into, unit) = sizes ? ($"groups of {wanted}", "channels per group") : ($"{wanted} groups", "groups");
        var why = isDefault ? " (the default)" : "";
        return $"{site}: {channels} channels do not divide into {into}{why}; choose {Suggestions(channels, wanted)} {unit}.";
    }

    /// <summary>The divisors of C, or the nearest to what was wanted where there are many: "1, 2 or 3".</summary>
    private static string Suggestions(long channels, long wanted)
    {
        var nearest = Divisors(channels).OrderBy(divisor => Math.Abs(divisor - wanted)).Take(MostSuggestions).Order().ToList();
        return nearest.Count == 1 ? $"{nearest[0]}" : $"{string.Join(", ", nearest.SkipLast(1))} or {nearest[^1]}";
    }

    private static IEnumerable<long> Divisors(long channels)
    {
        for (long divisor = 1; divisor <= channels / divisor; divisor++)
        {
            if (channels % divisor != 0)
                continue;
            yield return divisor;
            if (divisor != channels / divisor)
                yield return channels / divisor;
        }
    }
}

namespace ModelDsl.Generators.Tests.RandomNets;

/// <summary>Leaves out layers, members and attributes as long as the same fault shows.</summary>
internal static class NetShrinker
{
    private const int MostAttempts = 80;

    public static NetFailure Shrink(NetFailure failure)
    {
        var attempts = 0;
        NetFailure? Next(NetFailure current) => Smaller(current.Net)
            .Select(net => attempts++ < MostAttempts ? Same(current, net) : null)
            .FirstOrDefault(found => found is not null);
        while (Next(failure) is { } smaller)
            failure = smaller;
        return failure;
    }

    private static NetFailure? Same(NetFailure failure, Net net)
    {
        try
        {
            return NetBatch.Check([net], new()).FirstOrDefault(found => found.Fault == failure.Fault);
        }
        catch (Xunit.Sdk.XunitException)
        {
            // What is left may be no C#.
            return null;
        }
    }

    private static IEnumerable<Net> Smaller(Net net)
    {
        for (var index = 0; index < net.Models.Count - 1; index++)
            yield return net with { Models = Without(net.Models, index) };
        for (var index = net.Models.Count - 1; index >= 0; index--)
        {
            foreach (var model in Smaller(net.Models[index]))
                yield return net with { Models = [.. net.Models.Take(index), model, .. net.Models.Skip(index + 1)] };
        }
    }

    private static IEnumerable<NetModel> Smaller(NetModel model)
    {
        for (var index = model.Members.Count - 1; index >= 0; index--)
        {
            yield return model with { Members = Without(model.Members, index) };
            foreach (var member in Smaller(model.Members[index]))
                yield return model with { Members = [.. model.Members.Take(index), member, .. model.Members.Skip(index + 1)] };
        }
        for (var index = model.Attributes.Count - 1; index > 0; index--)
            yield return model with { Attributes = Without(model.Attributes, index) };
        for (var index = model.Parameters.Count - 1; index >= 0; index--)
            yield return model with { Parameters = Without(model.Parameters, index) };
    }

    private static IEnumerable<NetMember> Smaller(NetMember member)
    {
        for (var index = member.Layers.Count - 1; index >= 0 && member.Layers.Count > 1; index--)
            yield return member with { Layers = Without(member.Layers, index) };
        if (member.Head.Length > 0)
            yield return member with { Head = "" };
    }

    private static List<T> Without<T>(IReadOnlyList<T> items, int index) => [.. items.Where((_, position) => position != index)];
}

namespace ModelDsl.Fuzzing.Tests.Language;

/// <summary>Draws from a seed.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random _random = new(seed);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public int Below(int limit) => _random.Next(limit);

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public T Of<T>(params IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>One of some items, or another where there are none.</summary>
    public T Or<T>(IReadOnlyList<T> items, T otherwise) => items.Count == 0 ? otherwise : Of(items);

    /// <summary>A seed for something else, which is then drawn apart.</summary>
    public int Seed() => _random.Next();
}

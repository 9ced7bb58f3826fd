namespace ModelDsl.Training.Tests;

public sealed class RestorableRandomTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(161803398)]
    [InlineData(1640531527)]
    [InlineData(-2048144789)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Its_numbers_are_those_of_Random(int seed)
    {
        var theirs = new Random(seed);
        var ours = new RestorableRandom(seed);

        for (var round = 0; round < 200; round++)
            Assert.Equal(Draw(theirs), Draw(ours));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(54)]
    [InlineData(55)]
    [InlineData(1000)]
    public void It_goes_on_from_its_state(int drawn)
    {
        var random = new RestorableRandom(42);
        for (var i = 0; i < drawn; i++)
            random.Next();
        var other = new RestorableRandom(7) { State = random.State };

        Assert.Equal(Enumerable.Range(0, 200).Select(_ => random.Next()), Enumerable.Range(0, 200).Select(_ => other.Next()));
    }

    /// <summary>Every kind of number that an augmentation may ask for.</summary>
    private static string Draw(Random random)
    {
        var bytes = new byte[5];
        random.NextBytes(bytes);
        Span<byte> span = stackalloc byte[3];
        random.NextBytes(span);
        var order = Enumerable.Range(0, 10).ToArray();
        random.Shuffle(order);
        object[] numbers =
        [
            random.Next(), random.Next(10), random.Next(-3, 4), random.Next(int.MinValue, int.MaxValue),
            random.NextDouble(), random.NextSingle(), random.NextInt64(), random.NextInt64(1L << 40),
            random.NextInt64(long.MinValue, long.MaxValue), Convert.ToHexString(bytes), Convert.ToHexString(span),
            string.Join(' ', order),
        ];
        return string.Join(", ", numbers.Select(number => Convert.ToString(number, System.Globalization.CultureInfo.InvariantCulture)));
    }
}

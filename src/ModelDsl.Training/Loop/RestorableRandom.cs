namespace ModelDsl.Training;

/// <summary>
/// The numbers of <c>new Random(seed)</c>, with a state that can be taken and put back: System.Random gives its own away to
/// nobody. The generator is Knuth's subtractive one (The Art of Computer Programming, volume 2, section 3.2.2), with the lags 55
/// and 34, as .NET seeds it.
/// </summary>
internal sealed class RestorableRandom : Random
{
    private const int Lag = 55;
    private const int ShortLag = 34;

    private readonly int[] _last = new int[Lag];
    private int _oldest;

    /// <summary>Starts as <c>new Random(seed)</c> does.</summary>
    public RestorableRandom(int seed)
        : base(0)
    {
        var older = 161803398 - (seed == int.MinValue ? int.MaxValue : Math.Abs(seed));
        var newer = 1;
        _last[^1] = older;
        for (var i = 1; i < Lag; i++)
        {
            var place = 21 * i % Lag - 1;
            _last[place] = newer;
            newer = Difference(older, newer);
            older = _last[place];
        }
        for (var i = 0; i < 4 * Lag; i++)
            _last[i % Lag] = Difference(_last[i % Lag], _last[(i + 31) % Lag]);
    }

    /// <summary>The last 55 numbers, oldest first: all that the next one depends on.</summary>
    public IReadOnlyList<int> State
    {
        get => [.. _last.AsSpan(_oldest), .. _last.AsSpan(0, _oldest)];
        set
        {
            for (var i = 0; i < Lag; i++)
                _last[i] = value[i];
            _oldest = 0;
        }
    }

    /// <inheritdoc/>
    public override int Next()
    {
        // The newest number but 33: the one that was drawn 34 numbers ago.
        var number = unchecked(_last[_oldest] - _last[(_oldest + Lag - ShortLag) % Lag]);
        if (number == int.MaxValue)
            number--;
        if (number < 0)
            number += int.MaxValue;
        _last[_oldest] = number;
        _oldest = (_oldest + 1) % Lag;
        return number;
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = (long)maxValue - minValue;
        return range <= int.MaxValue
            ? (int)(Sample() * range) + minValue
            : (int)((long)(SampleOfLargeRange() * range) + minValue);
    }

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        for (var i = 0; i < buffer.Length; i++)
            buffer[i] = unchecked((byte)Next());
    }

    /// <inheritdoc/>
    protected override double Sample() => Next() * (1.0 / int.MaxValue);

    /// <summary>31 bits aren't enough for all of int: a second number decides the sign.</summary>
    private double SampleOfLargeRange()
    {
        var number = Next();
        if (Next() % 2 == 0)
            number = -number;
        return (number + (int.MaxValue - 1.0)) / (2 * (uint)int.MaxValue - 1);
    }

    private static int Difference(int left, int right)
    {
        var difference = unchecked(left - right);
        return difference < 0 ? difference + int.MaxValue : difference;
    }
}

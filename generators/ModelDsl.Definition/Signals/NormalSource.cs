namespace ModelDsl.Definition;

/// <summary>Standard normal numbers that are the same on every platform: splitmix32 and the Box-Muller transform.</summary>
internal sealed class NormalSource(uint seed)
{
    private uint _state = seed;
    private double _spare = double.NaN;

    public double Next()
    {
        if (!double.IsNaN(_spare))
        {
            var spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        var radius = Math.Sqrt(-2 * Math.Log(Uniform()));
        var angle = 2 * Math.PI * Uniform();
        _spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    private double Uniform()
    {
        unchecked
        {
            _state += 0x9E3779B9;
            var mixed = (_state ^ (_state >> 16)) * 0x21F0AAAD;
            mixed = (mixed ^ (mixed >> 15)) * 0x735A2D97;
            return ((mixed ^ (mixed >> 15)) + 0.5) / 4294967296.0;
        }
    }
}

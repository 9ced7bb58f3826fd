namespace ModelDsl.Definition;

/// <summary>What a forward track leaves behind for the prediction, and the random numbers it draws from.</summary>
internal sealed class SignalRecording
{
    /// <summary>Seeded the same for every prediction: the same net always gets the same numbers.</summary>
    public NormalSource Normals { get; } = new(seed: 1);

    public int Convolutions { get; set; }

    public PairMoments LastActivation { get; set; }
}

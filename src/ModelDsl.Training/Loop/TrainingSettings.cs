namespace ModelDsl.Training;

/// <summary>What decides which examples a step sees, and with which learning rate.</summary>
/// <param name="Epochs">The epochs of the whole training.</param>
/// <param name="BatchSize">The examples in a batch.</param>
/// <param name="Seed">The seed of shuffling and augmentation.</param>
/// <param name="Examples">The number of training examples.</param>
internal sealed record TrainingSettings(int Epochs, int BatchSize, int Seed, int Examples)
{
    /// <summary>What differs from <paramref name="here"/>, or null where nothing does.</summary>
    public string? Misfit(TrainingSettings here) =>
        Differs("the number of epochs", Epochs, here.Epochs)
        ?? Differs("the batch size", BatchSize, here.BatchSize)
        ?? Differs("the seed", Seed, here.Seed)
        ?? Differs("the number of training examples", Examples, here.Examples);

    private static string? Differs(string what, int saved, int here) =>
        saved == here ? null : FormattableString.Invariant($"{what} is {saved} in it and {here} here");
}

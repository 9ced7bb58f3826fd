namespace ModelDsl;

/// <summary>A file of weights that can't be read: damaged, incomplete, of another format, or with refused content.</summary>
public sealed class WeightFileException : Exception
{
    /// <summary>Says in one line what is wrong with which file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">The place, what was expected there, and what to do about it.</param>
    /// <param name="cause">What was thrown below, where there is any.</param>
    public WeightFileException(string path, string problem, Exception? cause = null)
        : base(OneLine.Of($"{path}: {problem}"), cause) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}

namespace ModelDsl.Training;

/// <summary>A checkpoint that is whole, but of a format that this version doesn't read.</summary>
internal sealed class OtherVersionException(string message) : IOException(message);

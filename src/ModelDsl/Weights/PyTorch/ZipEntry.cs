namespace ModelDsl;

/// <summary>What a zip archive's directory says of an entry.</summary>
/// <param name="Offset">Where its own header stands.</param>
/// <param name="StoredLength">Its bytes in the file.</param>
/// <param name="Length">Its bytes once inflated.</param>
/// <param name="IsDeflated">Whether it is deflated; else it is stored as it is.</param>
internal readonly record struct ZipEntry(long Offset, long StoredLength, long Length, bool IsDeflated);

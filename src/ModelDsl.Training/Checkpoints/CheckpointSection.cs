namespace ModelDsl.Training;

/// <summary>A part of a checkpoint, with a checksum of its own.</summary>
/// <param name="Name">Its name in the file and in messages.</param>
/// <param name="Write">Writes it.</param>
internal readonly record struct CheckpointSection(string Name, Action<BinaryWriter> Write);

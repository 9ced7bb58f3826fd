using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>A storage that a pickle refers to: the archive has its bytes as <c>data/key</c>.</summary>
/// <param name="Key">Its name in the archive.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Count">The number of its values, as the pickle claims.</param>
internal sealed record PickleStorage(string Key, ScalarType Type, long Count);

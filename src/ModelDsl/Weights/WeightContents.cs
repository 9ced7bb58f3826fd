namespace ModelDsl;

/// <summary>What a file of weights has, as its headers tell, all of it checked against its length.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Tensors">The tensors, in the order of the file.</param>
/// <param name="Metadata">Texts about the file; empty in PyTorch's format.</param>
/// <param name="Others">The names beside them that hold no tensor.</param>
internal sealed record WeightContents(
    WeightFormat Format,
    IReadOnlyList<StoredTensor> Tensors,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<string> Others);

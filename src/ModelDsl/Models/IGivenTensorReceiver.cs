namespace ModelDsl;

/// <summary>What can be given a tensor to free: a model, or blocks that repeat.</summary>
internal interface IGivenTensorReceiver
{
    /// <summary>Whether it frees what is given up to it, and no hook wants to see that.</summary>
    bool CanTakeOver { get; }
}

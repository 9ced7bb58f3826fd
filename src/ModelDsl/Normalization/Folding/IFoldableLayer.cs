namespace ModelDsl;

/// <summary>A normalization that in evaluation is one scale and one offset for each channel.</summary>
internal interface IFoldableLayer
{
    /// <summary>Scale and offset in evaluation, as they are now.</summary>
    ChannelMap EvaluationMap();
}

namespace ModelDsl;

/// <summary>A stage whose output somebody asked for.</summary>
/// <param name="Key">As it was asked for.</param>
/// <param name="Core">The model that it is a stage of.</param>
/// <param name="Stage">Its method.</param>
/// <param name="Model">The name of the model that was asked, for messages.</param>
internal sealed record FeatureTarget(string Key, ModelCore Core, string Stage, string Model);

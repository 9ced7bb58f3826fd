namespace ModelDsl.Training;

/// <summary>How training images are varied at random; the background fills what a shift uncovers.</summary>
/// <param name="FlipsHorizontally">Whether every second image is mirrored left to right.</param>
/// <param name="MaximumShift">The most pixels by which an image moves along each axis.</param>
public readonly record struct ImageAugmentation(bool FlipsHorizontally, int MaximumShift);

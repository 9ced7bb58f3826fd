using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>Where a model is being moved: to a type, to a device, or to both.</summary>
/// <param name="Type">The floating-point type, or null where only the device changes. Integers and booleans keep theirs.</param>
/// <param name="Device">The device, or null where only the type changes.</param>
public readonly record struct Destination(ScalarType? Type, Device? Device);

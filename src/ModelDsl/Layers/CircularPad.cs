using TorchSharp;
using TorchSharp.Modules;

namespace ModelDsl;

/// <summary>
/// Pads maps <c>[N, C, ...]</c> of one to three position axes with the map from its other end. TorchSharp has the mode, but no
/// layer for it.
/// </summary>
/// <param name="padding">
/// Two sizes an axis, the last axis first: left, right, top, bottom, front, back. None may exceed its axis.
/// </param>
public sealed class CircularPad(params long[] padding) : PadBase(nameof(CircularPad), PaddingModes.Circular, 0, padding);

using static TorchSharp.torch;

namespace ModelDsl;

/// <summary>What runs directly before and behind a module; null where it is the first or the last that is known.</summary>
internal sealed record Neighbours(nn.Module? Before, nn.Module? Behind);

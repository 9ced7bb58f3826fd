namespace ModelDsl;

/// <summary>What a LayerNorm is taken over.</summary>
public enum LayerNormOver
{
    /// <summary>On feature maps channels and positions, elsewhere the last axis.</summary>
    Default = 0,

    /// <summary>On feature maps <c>[N, C, H, W]</c> all of C, H and W, with an affine per channel.</summary>
    ChannelsAndPositions = 1,

    /// <summary>The channels of each position, wherever they are: the norm of ConvNeXt on feature maps.</summary>
    Channels = 2,

    /// <summary>A number of last axes, with an affine for each element of theirs: <c>nn.LayerNorm</c> of a shape.</summary>
    LastAxes = 3,
}

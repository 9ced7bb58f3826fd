namespace ModelDsl;

/// <summary>What the shared part of all models calls on one of them.</summary>
internal interface IModelParts : IModel, IComponents, IGivenTensorReceiver
{
    /// <summary>The shared part.</summary>
    ModelCore Core { get; }

    /// <summary>Reads the fields of parameters and buffers again.</summary>
    void MoveParameters(Destination destination);

    /// <summary>Ties weights again.</summary>
    void TieParameters();
}

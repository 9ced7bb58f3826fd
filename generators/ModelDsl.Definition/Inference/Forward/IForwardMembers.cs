namespace ModelDsl.Definition;

/// <summary>What a hand-written body can call and read of its model.</summary>
public interface IForwardMembers
{
    /// <summary>Whether a name is a stage, a layer or a block of the model.</summary>
    bool Knows(string member);

    /// <summary>
    /// What a call returns, with the path of the member alone: what led to it is put before. Null where nothing is known.
    /// Loops call more than once; the first call has the most exact shape.
    /// </summary>
    FlowValue? Apply(MemberCall application);

    /// <summary>A parameter or buffer of the model, or null where the name is none.</summary>
    TensorValue? Value(string member);

    /// <summary>What a stage declares of its input; null where it declares nothing.</summary>
    DeclaredInput? Declared(string member);
}

namespace ModelDsl.Fuzzing.Tests.Oracles;

/// <summary>How much is asked of a source; what is dear is asked of some only.</summary>
[Flags]
internal enum Depth
{
    /// <summary>Nothing throws, and what is reported is well formed.</summary>
    Survival = 0,

    /// <summary>What the compiler says with the generated files.</summary>
    Compiler = 1,

    /// <summary>A second run.</summary>
    Repetition = 2,

    /// <summary>A run without analyzers.</summary>
    Switch = 4,

    /// <summary>Every fix that is offered.</summary>
    Fixes = 8,

    /// <summary>The assembly.</summary>
    Emit = 16,

    All = Compiler | Repetition | Switch | Fixes | Emit,
}

namespace ModelDsl.Tests.Initializations;

/// <summary>Tests that nothing may run beside: PyTorch has one generator of random numbers for all threads.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

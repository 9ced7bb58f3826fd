namespace ModelDsl.Tests.Normalizing;

/// <summary>One case of norms.json: a forward and a backward pass.</summary>
public sealed record NormalizationCase(
    string Name,
    bool Training,
    OracleTensor Input,
    Dictionary<string, OracleTensor> Parameters,
    Dictionary<string, OracleTensor> BuffersBefore,
    OracleTensor Output,
    OracleTensor Upstream,
    OracleTensor GradInput,
    Dictionary<string, OracleTensor> GradParameters,
    Dictionary<string, OracleTensor> BuffersAfter);

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
    Dictionary<string, OracleTensor> BuffersAfter)
{
    /// <summary>The name that this library has for a parameter or buffer of the reference.</summary>
    public string NameOf(string name) => name switch
    {
        "gamma" => Parameters.ContainsKey("weight") ? "gain" : "weight",
        "beta" => "bias",
        "moving_var" => "running_var",
        _ => name,
    };

    /// <summary>Values under this library's names.</summary>
    public Dictionary<string, OracleTensor> Named(Dictionary<string, OracleTensor> values) =>
        values.ToDictionary(entry => NameOf(entry.Key), entry => entry.Value);
}

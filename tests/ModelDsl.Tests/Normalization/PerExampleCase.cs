namespace ModelDsl.Tests.Normalizing;

/// <summary>One layer of gns.json: gradients by one backward pass for each example.</summary>
public sealed record PerExampleCase(
    string Layer,
    string Shape,
    OracleTensor Input,
    OracleTensor Upstream,
    Dictionary<string, OracleTensor> Parameters,
    Dictionary<string, OracleTensor> Gradient,
    Dictionary<string, double[]> PerExampleSquaredNorms);

using static TorchSharp.torch;

namespace ModelDsl.Tests.Models.ByHand;

/// <summary>A model that registers what a test asks for.</summary>
internal sealed class Registered : Model<Tensor, Tensor>
{
    [ThreadStatic]
    private static Action<Registered>? _register;

    private Registered()
    {
    }

    /// <summary>Builds a model; constructors run virtual methods, so what they do has to be known before.</summary>
    public static Registered By(Action<Registered> register)
    {
        _register = register;
        try
        {
            return new Registered();
        }
        finally
        {
            _register = null;
        }
    }

    public void Layer(string name, nn.Module layer) => Register(name, layer);

    public void Norm(string name, nn.Module layer) => RegisterNormalization(name, layer);

    public void Own(string name, TorchSharp.Modules.Parameter parameter) => RegisterParameter(name, parameter);

    public void Buffer(string name, Tensor buffer, bool persistent) => RegisterBuffer(name, buffer, persistent);

    public override Tensor forward(Tensor input) => input.alias();

    protected override void RegisterLayers() => _register?.Invoke(this);

    protected override IReadOnlyList<StageDescription> DescribeStages() => [];

    public override string GetName() => "Registered";
}

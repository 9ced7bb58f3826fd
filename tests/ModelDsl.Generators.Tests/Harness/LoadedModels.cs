using System.Reflection;
using System.Runtime.Loader;
using TorchSharp;

namespace ModelDsl.Generators.Tests.Harness;

/// <summary>Compiled models, loaded until this is disposed.</summary>
internal sealed class LoadedModels : IDisposable
{
    private readonly AssemblyLoadContext _context = new("models", isCollectible: true);
    private readonly Assembly _assembly;

    public LoadedModels(byte[] assembly, params byte[][] libraries)
    {
        foreach (var library in libraries)
            Load(library);
        _assembly = Load(assembly);
    }

    /// <summary>Builds a model; arguments that are not given take their defaults.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> Create(string type, params object[] arguments) =>
        (torch.nn.Module<torch.Tensor, torch.Tensor>)CreateAny(type, arguments);

    /// <summary>The same for a model of any number of inputs.</summary>
    public torch.nn.Module CreateAny(string type, params object[] arguments)
    {
        var constructor = _assembly.GetType(type, throwOnError: true)!.GetConstructors().Single();
        var parameters = constructor.GetParameters();
        // Reflection turns the null that stands for "default" of a struct into the struct.
        var all = parameters.Select((parameter, index) => index < arguments.Length ? arguments[index] : parameter.DefaultValue).ToArray();
        return (torch.nn.Module)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, all, null);
    }

    public void Dispose() => _context.Unload();

    private Assembly Load(byte[] image)
    {
        using var stream = new MemoryStream(image);
        return _context.LoadFromStream(stream);
    }
}

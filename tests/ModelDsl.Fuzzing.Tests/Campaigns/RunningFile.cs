using System.Collections.Concurrent;

namespace ModelDsl.Fuzzing.Tests.Campaigns;

/// <summary>
/// Says at any moment what is being examined: a stack that overflows ends the process, and what is left in the file did it.
/// </summary>
internal sealed class RunningFile : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _running = new();
    private readonly Lock _lock = new();
    private readonly string _path;

    public RunningFile(string folder)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, "running.txt");
    }

    public void Begin(string name)
    {
        _running[name] = true;
        Write();
    }

    public void End(string name) => _running.TryRemove(name, out _);

    public void Dispose() => File.Delete(_path);

    private void Write()
    {
        lock (_lock)
            File.WriteAllText(_path, string.Join("\n", _running.Keys.Order(StringComparer.Ordinal)) + "\n");
    }
}

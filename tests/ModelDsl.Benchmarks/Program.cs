using BenchmarkDotNet.Running;
using ModelDsl.Benchmarks;

if (Verbs.Knows(args))
    return Verbs.Run(args);

BenchmarkSwitcher.FromAssembly(typeof(Verbs).Assembly).Run(args);
return 0;

using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ClassRuleTests
{
    private const string Sound = """
        [Model]
        public partial class Classifier(int classes = 10)
        {
            [Flatten, Linear(nameof(classes))]
            private partial Tensor Head([Shape("N, 1, 28, 28")] Tensor x);
        }
        """;

    [Fact]
    public Task SoundModel_IsSilent() => ModelTest.Verify(Sound);

    [Fact]
    public Task ModelThatIsNotPartial_IsReportedAtItsName() => ModelTest.Verify("""
        [Model]
        public class {|MDL001:Classifier|}(int classes = 10)
        {
            [Flatten, Linear(nameof(classes))]
            private partial Tensor {|CS8795:{|CS0751:Head|}|}([Shape("N, 1, 28, 28")] Tensor x);
        }
        """,
        "'Classifier' is not partial: the model's other part is generated; write 'partial class Classifier'");
}

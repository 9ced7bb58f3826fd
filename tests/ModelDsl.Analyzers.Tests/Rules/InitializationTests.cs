using ModelDsl.Analyzers.Tests.Verification;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>Options of <c>[Initialization]</c>, of parameters and of buffers that can't be meant.</summary>
public sealed class InitializationTests
{
    [Theory]
    [InlineData("Init.XavierNormal, Fan = {|MDL109:FanMode.Out|}", "Fan", "XavierNormal", "it takes Gain, Activation, Slope")]
    [InlineData("Init.Zeros, Value = {|MDL109:1|}", "Value", "Zeros", "it takes none")]
    [InlineData("Init.Constant, Deviation = {|MDL109:1|}", "Deviation", "Constant", "it takes Value")]
    [InlineData("Init.Normal, Low = {|MDL109:0|}", "Low", "Normal", "it takes Value, Deviation")]
    [InlineData("Init.Uniform, Gain = {|MDL109:2|}", "Gain", "Uniform", "it takes Low, High")]
    [InlineData("Init.Default, Gain = {|MDL109:2|}", "Gain", "Default", "it takes none")]
    [InlineData("Init.TruncatedNormal, Fan = {|MDL109:FanMode.In|}", "Fan", "TruncatedNormal", "it takes Value, Deviation, Low, High")]
    [InlineData("Init.KaimingNormal, Gain = 2, Slope = {|MDL109:0.1|}", "Slope", "KaimingNormal", "Gain says it")]
    [InlineData("Init.KaimingNormal, Activation = {|MDL109:ActivationVariant.Tanh|}, Gain = 2", "Activation", "KaimingNormal", "Gain says it")]
    [InlineData("Init.KaimingNormal, Activation = ActivationVariant.Tanh, Slope = {|MDL109:0.1|}", "Slope", "KaimingNormal",
        "it is for Activation = ActivationVariant.LeakyReLU")]
    [InlineData("Init.Orthogonal, Slope = {|MDL109:0.1|}", "Slope", "Orthogonal", "it is for Activation = ActivationVariant.LeakyReLU")]
    [InlineData("Init.Zeros, BiasValue = {|MDL109:1|}", "BiasValue", "Zeros", "it is for Bias = Init.Constant and Init.Normal")]
    [InlineData("Init.Zeros, Bias = Init.Constant, BiasDeviation = {|MDL109:1|}", "BiasDeviation", "Zeros", "it is for Bias = Init.Normal")]
    public Task OptionThatTheSchemeDoesNotTake_IsReportedAtItsValue(string arguments, string option, string scheme, string reason) =>
        Everywhere(arguments, $"{option} has no effect on Init.{scheme}: {reason}");

    [Theory]
    [InlineData("Init.Normal, Deviation = {|MDL103:-1|}", "Deviation", "-1")]
    [InlineData("Init.KaimingUniform, Gain = {|MDL103:-0.5|}", "Gain", "-0.5")]
    [InlineData("Init.Zeros, Bias = Init.Normal, BiasDeviation = {|MDL103:-2|}", "BiasDeviation", "-2")]
    public Task NegativeWidth_IsReportedAtItsValue(string arguments, string option, string value) =>
        Everywhere(arguments, $"{option} of Initialization is {value}; it must be at least 0, which leaves it unset");

    [Theory]
    [InlineData("{|MDL110:(Init)12|}", "(Init)12", "Scheme",
        "Default, Zeros, Ones, Constant, Normal, TruncatedNormal, Uniform, XavierUniform, XavierNormal, KaimingUniform, KaimingNormal, Orthogonal")]
    [InlineData("Init.KaimingNormal, Fan = {|MDL110:(FanMode)(-1)|}", "(FanMode)(-1)", "Fan", "In, Out")]
    [InlineData("Init.Zeros, Bias = {|MDL110:Init.Orthogonal|}", "Init.Orthogonal", "Bias", "Default, Zeros, Ones, Constant, Normal")]
    [InlineData("Init.KaimingNormal, Activation = {|MDL110:ActivationVariant.GELU|}", "ActivationVariant.GELU", "Activation",
        "Inherit, ReLU, LeakyReLU, Sigmoid, Tanh, SELU")]
    public Task ValueThatAnOptionDoesNotTake_IsReportedAtIt(string arguments, string value, string option, string values) =>
        Everywhere(arguments, $"'{value}' is none of the values that {option} of Initialization takes: {values}");

    [Theory]
    [InlineData("Init.Uniform, Low = {|MDL212:2|}, High = 1", "Low 2 must be less than High 1")]
    [InlineData("Init.TruncatedNormal, High = -1, Low = {|MDL212:-1|}", "Low -1 must be less than High -1")]
    [InlineData("Init.Uniform, Low = {|MDL212:1|}", "Low 1 must be less than High 1, its default")]
    [InlineData("Init.Uniform, High = {|MDL212:-0.5|}", "High -0.5 must be more than Low 0, its default")]
    [InlineData("Init.TruncatedNormal, Low = {|MDL212:2.5|}", "Low 2.5 must be less than High 2, its default")]
    [InlineData("Init.TruncatedNormal, High = {|MDL212:-2|}", "High -2 must be more than Low -2, its default")]
    public Task BoundsInTheWrongOrder_AreReportedAtTheLower(string arguments, string message) => Everywhere(arguments, message);

    [Theory]
    [InlineData("Init.Normal, Value = {|MDL223:double.NaN|}", "NaN")]
    [InlineData("Init.Uniform, High = {|MDL223:double.PositiveInfinity|}", "Infinity")]
    public Task ValueThatIsNoNumber_IsReportedAtIt(string arguments, string value) => Everywhere(arguments,
        $"'{value}' is not a number: write one, nameof(parameter), or C# arithmetic over numbers and parameters");

    [Theory]
    [InlineData("Init.Default")]
    [InlineData("Init.Default, Bias = Init.Zeros")]
    [InlineData("Init.KaimingNormal, Fan = FanMode.Out, Slope = 0.1, Bias = Init.Normal, BiasValue = -1, BiasDeviation = 0.1")]
    [InlineData("Init.KaimingUniform, Fan = FanMode.In, Activation = ActivationVariant.LeakyReLU, Slope = 0.1")]
    [InlineData("Init.XavierNormal, Activation = ActivationVariant.LeakyReLU, Slope = 0.1")]
    [InlineData("Init.Orthogonal, Activation = ActivationVariant.Tanh")]
    [InlineData("Init.TruncatedNormal, Deviation = 0.02, Low = -0.04, High = 0.04, Value = -0.01")]
    [InlineData("Init.Uniform, Low = -1, High = 0")]
    [InlineData("Init.Uniform, Low = 0.5")]
    [InlineData("Init.TruncatedNormal, High = -1.5")]
    [InlineData("Init.Constant, Value = -1, Bias = Init.Constant, BiasValue = 1")]
    public Task OptionsThatTheSchemeTakes_AreSilent(string arguments) => Everywhere(arguments);

    [Theory]
    [InlineData("Parameter(\"4\", Value = 1, Initialization = Init.Zeros)", "Value", "MDL109", "Value has no effect on Init.Zeros: it takes none")]
    [InlineData("Buffer(\"4\", Value = 1)", "Value", "MDL109", "Value has no effect on Init.Zeros: it takes none")]
    [InlineData("Buffer(\"4\", Initializer = nameof(Ramp), Deviation = 2)", "Deviation", "MDL109", "Deviation has no effect on a Buffer with an Initializer: that fills it")]
    [InlineData("Parameter(\"4\", Deviation = -1)", "Deviation", "MDL103", "Deviation of Parameter is -1; it must be at least 0, which leaves it unset")]
    [InlineData("Parameter(\"4\", Initialization = (Init)99)", "Initialization", "MDL110",
        "'(Init)99' is none of the values that Initialization of Parameter takes: "
        + "Default, Zeros, Ones, Constant, Normal, TruncatedNormal, Uniform, XavierUniform, XavierNormal, KaimingUniform, KaimingNormal, Orthogonal")]
    [InlineData("Parameter(\"4\", Initialization = Init.XavierNormal)", "Initialization", "MDL212",
        "Init.XavierNormal needs two axes or more, found [4]; choose Normal and a Deviation")]
    public Task OptionOfATensor_IsReportedAtItsValue(string attribute, string option, string rule, string message) =>
        Tensor(System.Text.RegularExpressions.Regex.Replace(attribute, $@"(?<= {option} = )([^,]+)(?=[,)]$|,)", $"{{|{rule}:$1|}}"), message);

    [Theory]
    [InlineData("Parameter(\"4\", Value = 1)")]
    [InlineData("Parameter(\"4, 4\", Initialization = Init.XavierNormal)")]
    [InlineData("Parameter(\"4, 4\", Initialization = Init.TruncatedNormal, Deviation = 0.02)")]
    [InlineData("Buffer(\"4\", Initialization = Init.Constant, Value = 2, Persistent = false)")]
    [InlineData("Buffer(\"4\", Initializer = nameof(Ramp), Name = \"ramp\", Persistent = false)")]
    public Task OptionsThatATensorTakes_AreSilent(string attribute) => Tensor(attribute);

    [Fact]
    public Task OptionOnTheAssembly_IsReportedAtTheModel() => ModelTest.Check("""
        [assembly: Initialization(Init.Zeros, Gain = 2)]

        [Model]
        public partial class {|MDL109:Net|}
        {
            [Linear(8)]
            private partial Tensor Body([Shape("N, 8")] Tensor x);
        }
        """, "Gain has no effect on Init.Zeros: it takes none");

    /// <summary>On the class, on a stage and on a property.</summary>
    private static async Task Everywhere(string arguments, params string[] messages)
    {
        await Net($", Initialization({arguments})", "", "", messages);
        await Net("", $"[Initialization({arguments})]", "", messages);
        await Net("", "", $"[Initialization({arguments})]", messages);
    }

    private static Task Net(string onClass, string onStage, string onProperty, string[] messages) => ModelTest.Check($$"""
        [Model{{onClass}}]
        public partial class Net
        {
            {{onStage}}
            [Linear(8)]
            private partial Tensor Body([Shape("N, 8")] Tensor x);

            {{onProperty}}
            [Linear(8), Shape("N, 8")]
            private partial TorchSharp.Modules.Linear Head { get; }
        }
        """, messages);

    private static Task Tensor(string attribute, params string[] messages) => ModelTest.Check($$"""
        [Model]
        public partial class Net
        {
            [{{attribute}}]
            private partial {{(attribute.StartsWith("Buffer", StringComparison.Ordinal) ? "Tensor" : "TorchSharp.Modules.Parameter")}} Own { get; }

            [Linear(8)]
            private partial Tensor Body([Shape("N, 8")] Tensor x);

            public static Tensor Ramp(long[] sizes) => arange(sizes[0]);
        }
        """, messages);
}

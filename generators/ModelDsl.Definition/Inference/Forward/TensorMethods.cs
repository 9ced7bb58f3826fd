namespace ModelDsl.Definition;

/// <summary>What the operations of TorchSharp do to shapes: one entry a name, for methods and static functions alike.</summary>
internal static class TensorMethods
{
    private static readonly TensorMethod Elementwise = new(PathEffect.Unknown, Same, AnyArguments);

    private static readonly TensorMethod Arrangement = new(PathEffect.None, Same, AnyArguments);

    private static readonly TensorMethod Rectifier = new(PathEffect.Activation, Same, AnyArguments);

    private static readonly TensorMethod Binary = new(
        PathEffect.Unknown, Broadcasting.Combine, "other|target|exponent:o alpha:n?");

    private static readonly TensorMethod Reduction = new(PathEffect.Unknown, Reductions.Reduce,
        "type:u", "dim|dims|dimensions:l keepdim:b? type:u", "dim:l*",
        "dim0:i dim1:i keepdim:b? type:u", "dim0:i dim1:i dim2:i keepdim:b? type:u");

    private static readonly TensorMethod Deviation = new(PathEffect.Unknown, Reductions.Reduce,
        "unbiased:b?", "dim|dimensions:l unbiased:b? keepdim:b? type:u");

    private static readonly TensorMethod Filled = new(PathEffect.None, Sized,
        "sizes|size:l* dtype:u device:u requires_grad:b?", "sizes|size:l dtype:u device:u requires_grad:b?");

    private static readonly Dictionary<string, TensorMethod> Table = Build();

    private static readonly Dictionary<string, TensorMethod> Functions = new()
    {
        ["cat"] = new(PathEffect.Unknown, Joining.Concatenate, "tensors:T dim|axis:i?"),
        ["stack"] = new(PathEffect.Unknown, Joining.Stack, "tensors:T dim:i?"),
        ["einsum"] = new(PathEffect.Unknown, Products.Einsum, "equation:s tensors:T*", "equation:s tensors:T"),
        ["zeros"] = Filled,
        ["ones"] = Filled,
        ["empty"] = Filled,
        ["rand"] = Filled,
        ["randn"] = Filled,
        ["full"] = new(PathEffect.None, Sized, "sizes|size:l value:n dtype:u device:u"),
        ["arange"] = new(PathEffect.None, Counted, "stop:i dtype:u device:u"),
    };

    private static TensorSignature AnyArguments => "*";

    /// <summary>The method of a tensor, or the function whose first argument it is.</summary>
    public static TensorMethod? Find(string name) => Table.TryGetValue(name, out var method) ? method : null;

    /// <summary>A function whose first argument is no single tensor that flows through.</summary>
    public static TensorMethod? FindFunction(string name) =>
        Functions.TryGetValue(name is "concat" or "concatenate" ? "cat" : name, out var method) ? method : null;

    private static FlowValue Same(TensorCall call) => call.Unmixed(call.Shape, call.Input.ChannelAxis);

    private static FlowValue Sized(TensorCall call) =>
        call.Sizes("sizes") is { } sizes && sizes.All(size => size is not { Value: < 0 })
            ? TensorValue.Constant(Shape.Of([.. sizes]))
            : TensorValue.Constant(null);

    private static FlowValue Counted(TensorCall call) => TensorValue.Constant(Shape.Of(call.Size("stop")));

    private static Dictionary<string, TensorMethod> Build()
    {
        var table = new Dictionary<string, TensorMethod>();
        void Add(string names, TensorMethod method)
        {
            foreach (var name in names.Split(' '))
                table.Add(name, method);
        }
        AddElementwise(Add);
        AddArrangements(Add);
        AddReductions(Add);
        AddProducts(Add);
        AddParts(Add);
        AddWindows(Add);
        return table;
    }

    private static void AddElementwise(Action<string, TensorMethod> add)
    {
        add("relu relu6 leaky_relu gelu silu SiLU elu selu celu mish Mish hardswish rrelu prelu", Rectifier);
        add("abs absolute neg negative exp exp2 expm1 log log1p log2 log10 sqrt rsqrt square reciprocal sin cos tan asin acos "
            + "atan sinh cosh tanh sigmoid erf erfc ceil floor round trunc frac sign sgn isnan isinf isfinite logical_not "
            + "bitwise_not nan_to_num hardtanh Hardtanh hardsigmoid hardshrink Hardshrink softplus softshrink softsign "
            + "tanhshrink Tanhshrink threshold logsigmoid log_sigmoid softmax2d clamp_min clamp_max bernoulli triu tril flip "
            + "roll fliplr flipud normalize layer_norm group_norm batch_norm instance_norm local_response_norm cumprod zero "
            + "fill normal uniform copy", Elementwise);
        add("clone contiguous to type alias detach cpu cuda half float double bfloat16 long int requires_grad dropout dropout1d "
            + "dropout2d dropout3d alpha_dropout feature_alpha_dropout DetachFromDisposeScope MoveToOuterDisposeScope "
            + "MoveToOtherDisposeScope positive to_type pin_memory", Arrangement);
        add("sub subtract mul multiply pow maximum minimum fmod remainder atan2 eq ne lt le gt ge logical_and logical_or "
            + "logical_xor bitwise_and bitwise_or bitwise_xor hypot", Binary);
        add("add", new(PathEffect.Unknown, Broadcasting.Add, "other|target|right:o alpha:n?"));
        add("div divide true_divide floor_divide",
            new(PathEffect.Unknown, Broadcasting.Combine, "other|target|right:o rounding_mode:u"));
        add("clamp clip", new(PathEffect.Unknown, Broadcasting.Combine, "min:o? max:o?"));
        add("lerp", new(PathEffect.Unknown, Broadcasting.Combine, "end:t weight:o"));
        add("addcmul addcdiv", new(PathEffect.Unknown, Broadcasting.Combine, "tensor1:t tensor2:t value:n?"));
        add("where", new(PathEffect.Unknown, Broadcasting.Combine, "x|condition:o y:o"));
        add("masked_fill", new(PathEffect.Unknown, Broadcasting.Combine, "mask:t value:o"));
        add("softmax log_softmax cumsum logcumsumexp softmin", new(PathEffect.Unknown, Reductions.Along, "dim:i dtype|type:u"));
        add("sort", new(PathEffect.Unknown, Reductions.Sort, "dim:i? descending:b? stable:b?"));
        add("zeros_like ones_like randn_like rand_like empty_like", new(PathEffect.None, Likeness, AnyArguments));
        add("full_like", new(PathEffect.None, Likeness, AnyArguments));
    }

    private static FlowValue Likeness(TensorCall call) =>
        new TensorValue(call.Shape, call.Shape is null ? null : call.Input.ChannelAxis, null);

    private static void AddArrangements(Action<string, TensorMethod> add)
    {
        add("view reshape", new(PathEffect.None, Views.View, "sizes|shape:l*", "sizes|shape:l"));
        add("view_as reshape_as", new(PathEffect.None, Views.ViewAs, "other:t"));
        add("flatten", new(PathEffect.None, Views.Flatten, "start_dim:i? end_dim:i?"));
        add("ravel", new(PathEffect.None, Views.Flatten, ""));
        add("unflatten", new(PathEffect.None, Views.Unflatten, "dim:i sizes:l*"));
        add("permute", new(PathEffect.None, AxisOrder.Permute, "permutation|dims:l*"));
        add("transpose swapaxes swapdims", new(PathEffect.None, AxisOrder.Transpose, "dim0|axis0:i dim1|axis1:i"));
        add("mT mH adjoint", new(PathEffect.None, AxisOrder.TransposeLast, ""));
        add("t T H", new(PathEffect.None, AxisOrder.Reverse, ""));
        add("movedim moveaxis", new(PathEffect.None, AxisOrder.Move, "source:l destination:l"));
        add("unsqueeze", new(PathEffect.None, AxisOrder.Unsqueeze, "dim:i"));
        add("squeeze", new(PathEffect.None, AxisOrder.Squeeze, "dim:i?"));
        add("expand broadcast_to", new(PathEffect.None, AxisOrder.Expand, "sizes|shape:l*", "sizes|shape:l isImplicit:b"));
        add("expand_as", new(PathEffect.None, AxisOrder.ExpandAs, "other:t"));
        add("repeat tile", new(PathEffect.Unknown, AxisOrder.Repeat, "sizes|reps:l*"));
    }

    private static void AddReductions(Action<string, TensorMethod> add)
    {
        add("mean", new(PathEffect.Unknown, Reductions.Mean, "", "dim|dims|dimensions:l keepdim:b? type:u"));
        add("sum prod amax amin all any logsumexp nansum nanmean", Reduction);
        add("var std", Deviation);
        add("argmax argmin", new(PathEffect.Unknown, Reductions.Indices, "", "dim:i keepdim:b?"));
        add("max min", new(PathEffect.Unknown, Reductions.Extremum, "", "dim:i keepdim:b?", "other:t"));
        add("norm", new(PathEffect.Unknown, Reductions.Reduce, "dim:i keepdim:b?"));
        add("median", new(PathEffect.Unknown, Reductions.Extremum, "", "dim:i keepdim:b?"));
    }

    private static void AddProducts(Action<string, TensorMethod> add)
    {
        add("matmul mm bmm mv dot", new(PathEffect.Unknown, Products.Multiply, "target|batch2|mat2|vec:t"));
        add("outer", new(PathEffect.Unknown, Products.Outer, "vec2:t"));
        add("linear", new(PathEffect.Unknown, Products.Linear, "weights:t bias:t?"));
        add("scaled_dot_product_attention",
            new(PathEffect.Unknown, Products.Attention, "key:t value:t attn_mask:a? p:n? is_casual:b?"));
    }

    private static void AddParts(Action<string, TensorMethod> add)
    {
        add("[]", new(PathEffect.Unknown, Indexing.Element, "indices:a"));
        add("select", new(PathEffect.Unknown, Indexing.Select, "dim:i index:i"));
        add("narrow", new(PathEffect.Unknown, Indexing.Narrow, "dim:i start:i length:i"));
        add("slice", new(PathEffect.Unknown, Indexing.Slice, "dim:i start:i finish:i step:i"));
        add("index_select", new(PathEffect.Unknown, Indexing.SelectMany, "dim:i index:t"));
        add("chunk", new(PathEffect.Unknown, Joining.Chunk, "chunks:i dim:i?"));
        add("split", new(PathEffect.Unknown, Joining.Split, "size|sizes|split_size_or_sections:l dim:i?"));
        add("unbind", new(PathEffect.Unknown, Joining.Unbind, "dim|dimension:i?"));
    }

    private static void AddWindows(Action<string, TensorMethod> add)
    {
        const string MaxPool = "kernel_size:l stride|strides:l? padding:l? dilation:l? ceil_mode:b?";
        const string AvgPool = "kernel_size:l stride|strides:l? padding:l? ceil_mode:b? count_include_pad:b? divisor_override:a?";
        for (var axes = 1; axes <= 3; axes++)
        {
            add($"max_pool{axes}d", new(PathEffect.Unknown, Windows.Pool(axes), MaxPool));
            add($"avg_pool{axes}d", new(PathEffect.Unknown, Windows.Pool(axes), AvgPool));
            add($"adaptive_avg_pool{axes}d", new(PathEffect.Unknown, Windows.Adapt(axes, averages: true), "output_size:l"));
            add($"adaptive_max_pool{axes}d", new(PathEffect.Unknown, Windows.Adapt(axes, averages: false), "output_size:l"));
        }
        add("interpolate upsample", new(PathEffect.Unknown, Windows.Resize,
            "size:l? scale_factor:r? mode:u align_corners:b? recompute_scale_factor:b? antialias:b?"));
        add("pad", new(PathEffect.Unknown, Windows.Pad, "pad:l mode:u value:n?"));
        add("pixel_shuffle", new(PathEffect.Unknown, Windows.Shuffle, "upscale_factor:i"));
        add("glu", new(PathEffect.Unknown, Windows.Gate, "dim:i?"));
        add("one_hot", new(PathEffect.Unknown, Windows.OneHot, "num_classes:i?"));
    }
}

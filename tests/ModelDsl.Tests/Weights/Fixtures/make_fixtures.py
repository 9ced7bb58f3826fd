"""Writes the files of this folder. Run once, by hand, with PyTorch 1.13: python3 make_fixtures.py

Closed form: value i (flat index, from 0) of the tensor at place k of its list is (37 k + 11 i) mod 64, minus 32, over 16: exact in
float16 and bfloat16 too. Integers are the same without the division; bools are whether it is odd. The ResNet's values are those
of the formula in resnet() below.
"""

import io
import json
import math
import os
import struct
import zipfile
from collections import OrderedDict

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
CODES = {
    torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
}


def path(name):
    return os.path.join(HERE, name)


def values(k, shape, dtype):
    count = math.prod(shape)
    numbers = torch.tensor([(37 * k + 11 * i) % 64 - 32 for i in range(count)], dtype=torch.float64).reshape(shape)
    if dtype == torch.bool:
        return numbers.remainder(2) == 1
    if dtype == torch.uint8:
        return (numbers + 32).to(dtype)
    return (numbers / 16).to(dtype) if dtype.is_floating_point else numbers.to(dtype)


def every_type():
    shapes = [(2, 3), (3,), (2, 2), (4,), (), (2, 1), (3,), (2,), (5,), (3,)]
    return OrderedDict(
        (f"type.{code}", values(k, shape, dtype)) for k, ((dtype, code), shape) in enumerate(zip(CODES.items(), shapes))
    )


def write_safetensors(name, tensors, metadata=None):
    """The published layout: header length, JSON, values in the order of the header."""
    header, data = {}, b""
    if metadata is not None:
        header["__metadata__"] = metadata
    for key, tensor in tensors.items():
        flat = tensor.contiguous().reshape(-1)
        raw = flat.view(torch.int16).numpy().tobytes() if tensor.dtype == torch.bfloat16 else flat.numpy().tobytes()
        header[key] = {
            "dtype": CODES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header, ensure_ascii=False).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path(name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def rezip(name, contents, rename=lambda entry: entry, method=zipfile.ZIP_STORED, leave_out=(), more=()):
    source = zipfile.ZipFile(io.BytesIO(contents))
    with zipfile.ZipFile(path(name), "w", method) as target:
        for entry in source.namelist():
            if entry.split("/")[-1] not in leave_out:
                target.writestr(rename(entry), source.read(entry))
        for entry, data in more:
            target.writestr(entry, data)


def saved(value):
    buffer = io.BytesIO()
    torch.save(value, buffer)
    return buffer.getvalue()


def views():
    """One storage of 24 values, looked at in several ways; a second that two names share whole."""
    base = values(0, (4, 6), torch.float32)
    shared = values(1, (3,), torch.float32)
    return OrderedDict(
        whole=base, transposed=base.t(), column=base[:, 2], block=base[1:3, 2:5], spread=base[::2, ::3], scalar=base[3, 5],
        repeated=base[0, 1:2].expand(3, 1), empty=base[2:2], first=shared, second=shared,
    )


def resnet(dtype=torch.float32):
    """
    A ResNet of one block a stage with torchvision's names, width 4, three classes. With k the place of an entry, i a flat index
    and w = sin(1.7 k + 0.61 i): running_var is 1 + w^2 / 2, running_mean w / 10, a one-dimensional weight 1 + w / 10, another
    one-dimensional tensor w / 10, anything else w / sqrt(size of one output's slice), num_batches_tracked 7.
    """
    class Block(torch.nn.Module):
        def __init__(self, inputs, channels, stride):
            super().__init__()
            self.conv1 = torch.nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
            self.bn1 = torch.nn.BatchNorm2d(channels)
            self.conv2 = torch.nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
            self.bn2 = torch.nn.BatchNorm2d(channels)
            self.downsample = None
            if stride != 1 or inputs != channels:
                self.downsample = torch.nn.Sequential(
                    torch.nn.Conv2d(inputs, channels, 1, stride, bias=False), torch.nn.BatchNorm2d(channels))

        def forward(self, x):
            shortcut = x if self.downsample is None else self.downsample(x)
            y = torch.relu(self.bn1(self.conv1(x)))
            return torch.relu(self.bn2(self.conv2(y)) + shortcut)

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = torch.nn.Conv2d(3, 4, 3, 1, 1, bias=False)
            self.bn1 = torch.nn.BatchNorm2d(4)
            self.layer1 = torch.nn.Sequential(Block(4, 4, 1))
            self.layer2 = torch.nn.Sequential(Block(4, 8, 2))
            self.fc = torch.nn.Linear(8, 3)

        def forward(self, x):
            x = torch.relu(self.bn1(self.conv1(x)))
            return self.fc(self.layer2(self.layer1(x)).mean((2, 3)))

    net = Net().eval()
    for k, (name, tensor) in enumerate(net.state_dict().items()):
        w = torch.sin(1.7 * k + 0.61 * torch.arange(tensor.numel(), dtype=torch.float64)).reshape(tensor.shape)
        if name.endswith("num_batches_tracked"):
            tensor.fill_(7)
        elif name.endswith("running_var"):
            tensor.copy_(1 + w ** 2 / 2)
        elif name.endswith("running_mean"):
            tensor.copy_(w / 10)
        elif tensor.dim() == 1:
            tensor.copy_(1 + w / 10 if name.endswith("weight") else w / 10)
        else:
            tensor.copy_(w / math.sqrt(tensor[0].numel()))
    return net.to(dtype)


def main():
    types = every_type()
    write_safetensors("types.safetensors", types, {"format": "pt", "note": "straße \"1\""})
    torch.save(types, path("types.pth"))

    model = OrderedDict([("linear.weight", values(0, (2, 3), torch.float32)), ("linear.bias", values(1, (2,), torch.float32))])
    write_safetensors("small.safetensors", model)
    torch.save(model, path("small.pth"))
    torch.save(model, path("legacy.pth"), _use_new_zipfile_serialization=False)
    with open(path("plain.pkl"), "wb") as file:
        __import__("pickle").dump({"a": 1}, file, protocol=2)

    contents = saved(model)
    other = lambda entry: "another name/" + entry.split("/", 1)[1]
    rezip("renamed.pth", contents, other, leave_out=("version",))
    rezip("deflated.pth", contents, method=zipfile.ZIP_DEFLATED, more=[("archive/byteorder", b"little"), ("archive/.data/serialization_id", b"1")])
    rezip("bigendian.pth", contents, more=[("archive/byteorder", b"big")])

    torch.save(views(), path("views.pth"))
    torch.save(torch.ones(2), path("tensor.pth"))
    torch.save({"epoch": 3, "lr": 0.5, "state_dict": model, "note": None, "history": [1, (2, 3)], "big": 2 ** 40, "negative": -7},
               path("nested.pth"))
    optimizer = {"state": {0: {"momentum_buffer": torch.ones(2), "step": torch.tensor(1.0)}}, "param_groups": [{"lr": 0.1, "params": [0]}]}
    torch.save({"model": model, "optimizer": optimizer, "epoch": 3}, path("checkpoint.pth"))
    torch.save({"model": model, "ema": {"weights": OrderedDict((key, value + 1) for key, value in model.items())}}, path("two.pth"))
    torch.save({"epoch": 3}, path("none.pth"))
    torch.save({"linear.weight": torch.nn.Parameter(model["linear.weight"]), "linear.bias": model["linear.bias"], "epoch": 3},
               path("parameters.pth"))
    linear = torch.nn.Linear(3, 2)
    torch.save(linear, path("module.pth"))
    torch.save({"model": model, "size": torch.Size([1])}, path("size.pth"))

    net = resnet()
    torch.save(net.state_dict(), path("resnet.pth"))
    write_safetensors("resnet.safetensors", net.state_dict(), {"format": "pt"})
    old = OrderedDict((key, value) for key, value in net.state_dict().items() if not key.endswith("num_batches_tracked"))
    torch.save({"state_dict": OrderedDict(("module." + key, value) for key, value in old.items())}, path("resnet_parallel.pth"))
    half = OrderedDict((key, value.to(torch.bfloat16) if value.is_floating_point() else value)
                       for key, value in net.state_dict().items())
    torch.save(half, path("resnet_bfloat16.pth"))

    shards = [("model-00001-of-00002.safetensors", ["linear.weight"]), ("model-00002-of-00002.safetensors", ["linear.bias"])]
    for name, keys in shards:
        write_safetensors(name, OrderedDict((key, model[key]) for key in keys), {"format": "pt"})
    index = {"metadata": {"total_size": 32}, "weight_map": {key: name for name, keys in shards for key in keys}}
    with open(path("model.safetensors.index.json"), "w") as file:
        json.dump(index, file, indent=1)

    images = torch.sin(0.13 * torch.arange(2 * 3 * 8 * 8, dtype=torch.float64)).reshape(2, 3, 8, 8)
    # In float64: what the tests compare with.
    print("output", resnet(torch.float64)(images).reshape(-1).tolist())
    print("parameters", sum(parameter.numel() for parameter in net.parameters()))


if __name__ == "__main__":
    main()

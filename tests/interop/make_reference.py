"""Writes reference.json: PyTorch's outputs for weights made by a formula, so that CI can compare
without PyTorch. Weight `i` of the `k`-th tensor by name is `sin(0.37 i + k) / sqrt(fan-in)`.
"""

import json
from pathlib import Path

import numpy as np
import torch

from models import KINDS


def weights(shape, k):
    values = np.sin(0.37 * np.arange(np.prod(shape)) + k) / np.sqrt(max(1, np.prod(shape[1:])))
    return torch.from_numpy(values.reshape(shape).astype(np.float32))


def reference(kind):
    model = KINDS[kind]().eval()
    shapes = {name: tuple(value.shape) for name, value in sorted(model.state_dict().items())}
    model.load_state_dict({name: weights(shape, k) for k, (name, shape) in enumerate(shapes.items())})
    image = torch.arange(784, dtype=torch.float32).div(784).reshape(1, 1, 28, 28)
    with torch.no_grad():
        outputs = model(image).flatten()[:16].tolist()
    # Telar keeps an encoder's names under `encoder.`, whatever the file holds besides.
    prefix = "encoder." if kind == "encoder" else ""
    return {"shapes": {prefix + name: shape for name, shape in shapes.items()}, "outputs": outputs}


if __name__ == "__main__":
    found = {kind: reference(kind) for kind in KINDS}
    Path(__file__).with_name("reference.json").write_text(json.dumps(found, indent=1) + "\n")

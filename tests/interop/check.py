"""Compares Telar's files with PyTorch, both ways.

    pip install torch safetensors
    python tests/interop/check.py www/models/autoencoder.safetensors www/models/classifier.safetensors

For each file: `telar export` writes it in full precision with its outputs on 100 test images; the
file is loaded here and must give the same outputs to 1e-4; then PyTorch writes a file without
Telar's header, which `telar import` must accept and give the same outputs again.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from models import KINDS

TOLERANCE = 1e-4
TELAR = ["cargo", "run", "--release", "--quiet", "--features", "cli", "--bin", "telar", "--"]


def telar(*arguments):
    done = subprocess.run([*TELAR, "--json", *map(str, arguments)], check=True, capture_output=True)
    return json.loads(done.stdout)


def export(file, folder):
    """The file in full precision, with images and outputs."""
    out, outputs = folder / "model.safetensors", folder / "outputs.safetensors"
    kind = telar("export", file, "--out", out, "--outputs", outputs)["kind"]
    return kind, out, load_file(outputs)


def build(kind, file):
    state = load_file(file)
    sizes = {"latent": state["encoder.linear.weight"].shape[0]} if "encoder.linear.weight" in state else {}
    model = KINDS[kind](**sizes).eval()
    if kind == "encoder":
        state = {name.removeprefix("encoder."): value for name, value in state.items()}
    model.load_state_dict(state)
    return model


def difference(model, compared):
    with torch.no_grad():
        return (model(compared["images"]) - compared["outputs"]).abs().max().item()


def check(file):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kind, exported, compared = export(file, folder)
        with safe_open(exported, "pt") as header:
            notes = header.metadata()
        model = build(kind, exported)
        there = difference(model, compared)
        written = folder / "pytorch.safetensors"
        save_file(model.state_dict(), written)
        imported = folder / "imported.safetensors"
        telar("import", written, "--out", imported)
        _, _, again = export(imported, folder)
        back = difference(model, again)
    print(json.dumps({"file": str(file), "kind": kind, "there": there, "back": back, "notes": notes}))
    return max(there, back) <= TOLERANCE


if __name__ == "__main__":
    sys.exit(0 if all([check(Path(file)) for file in sys.argv[1:]]) else 1)

"""Read a judge's int8 weights back as floats, so that training goes on from what is shipped.

A checkpoint is four times the size of the weights that ship, and no repository keeps it. Rounded weights are as good a
start: the first steps of a training move them further than their rounding did.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import MissingModel
from factcheck.export_onnx import MODEL_FILE
from factcheck.verify import LABELS

if TYPE_CHECKING:
    import torch

TOKENIZER_FILE = "tokenizer.json"


@contextmanager
def as_checkpoint(base: Path) -> Iterator[Path]:
    """Give a folder that transformers can load: ``base`` itself, or the exported judge in it as floats for a while."""
    if not (base / MODEL_FILE).is_file():
        yield base
        return
    with tempfile.TemporaryDirectory() as scratch:
        read_back(base, Path(scratch))
        yield Path(scratch)


def read_back(folder: Path, checkpoint: Path) -> None:
    """Write the judge in ``folder`` to ``checkpoint`` as floats, for ``from_pretrained`` of transformers.

    :raises MissingModel: when a weight of the model is not found in the graph.
    """
    import transformers

    state = read_weights(folder)
    config = transformers.AutoConfig.from_pretrained(
        str(folder), id2label=dict(enumerate(LABELS)), label2id={label: i for i, label in enumerate(LABELS)}
    )
    model = transformers.AutoModelForSequenceClassification.from_config(config)
    kept = {name: value for name, value in model.state_dict().items() if name.endswith("position_ids")}
    missing = set(model.state_dict()) - set(state) - set(kept)
    if missing:
        raise MissingModel(f"{folder} lacks weights to train on ({', '.join(sorted(missing)[:3])}); give a checkpoint")
    model.load_state_dict(state | kept)
    model.save_pretrained(str(checkpoint))
    words = transformers.PreTrainedTokenizerFast(tokenizer_file=str(folder / TOKENIZER_FILE))
    words.pad_token = words.convert_ids_to_tokens(config.pad_token_id)
    words.save_pretrained(str(checkpoint))


def read_weights(folder: Path) -> dict[str, torch.Tensor]:
    """Return the weights of an exported judge by the names that its checkpoint has for them."""
    import onnx
    import torch

    graph = onnx.load(str(folder / MODEL_FILE)).graph
    tensors = {t.name: onnx.numpy_helper.to_array(t) for t in graph.initializer}
    found = {name.removeprefix("inner."): value for name, value in tensors.items() if _is_plain(name)}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in tensors:
            module = re.sub(r"/(Gemm_)?MatMul_quant$", "", node.name).removeprefix("/inner/").replace("/", ".")
            found[f"{module}.weight"] = _unpack(tensors, node.input[1]).T
    for name in tensors:
        if name.startswith("inner.") and name.endswith("weight_quantized"):
            found.setdefault(name.removeprefix("inner.").removesuffix("_quantized"), _unpack(tensors, name))
    return {name: torch.tensor(np.ascontiguousarray(value)) for name, value in _join_split(found).items()}


def _is_plain(name: str) -> bool:
    return name.startswith("inner.") and name.endswith((".weight", ".bias"))


def _unpack(tensors: dict[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    """Return int8 values of shape (inputs, outputs), or (rows, width), times the scale of their column."""
    stem = name.removesuffix("_quantized")
    scale, zero = tensors[f"{stem}_scale"], tensors[f"{stem}_zero_point"]
    return (tensors[name].astype(np.float32) - zero.astype(np.float32)) * scale.astype(np.float32)


def _join_split(found: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Put matrices together again whose loud inputs were quantised apart."""
    joined = {name: value for name, value in found.items() if not re.search(r"\.(loud|rest)\.(weight|bias)$", name)}
    for name, value in found.items():
        if name.endswith(".loud.weight"):
            stem = name.removesuffix(".loud.weight")
            joined[f"{stem}.weight"] = np.concatenate([value, found[f"{stem}.rest.weight"]], axis=1)
            joined[f"{stem}.bias"] = found[f"{stem}.loud.bias"]
    return joined

"""Makes ``models/encoder/`` from a folder that sentence-transformers can load.

Needs the ``train`` extra (torch, transformers, onnx); no part of a check imports this module.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from factcheck.embed import MAX_TOKENS


def export_encoder(source: Path, target: Path, *, name: str, licence: str, origin: str) -> dict[str, Any]:
    """Write ``model.onnx``, ``tokenizer.json`` and ``card.json`` to ``target`` and return the card.

    The graph is the transformer with mean pooling over the mask and scaling to unit length. Large weights are stored
    as fp16 and widened once, when the model is loaded. Dynamic int8 was measured and left: it is a third faster, but it
    scales a whole batch by one number, so that a text's vector depends on the texts beside it (cosine to the exact
    vector down to 0.976 for a text of one word).

    ``origin`` says where the weights were got, for the card.
    """
    import onnx
    from tokenizers import Tokenizer

    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        dim = _trace(source, exact)
        onnx.save(_halve_weights(onnx.load(exact)), target / "model.onnx")
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.save(str(target / "tokenizer.json"))
    card = {
        "name": name,
        "dim": dim,
        "max_tokens": MAX_TOKENS,
        "sha256": _digest(target / "model.onnx"),
        "tokenizer_sha256": _digest(target / "tokenizer.json"),
        "source_sha256": _digest(source / "model.safetensors"),
        "origin": origin,
        "licence": licence,
    }
    (target / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return card


def _trace(source: Path, target: Path) -> int:
    """Write the exact graph and return the length of its vectors."""
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(source, attn_implementation="eager").eval()

    class Pooled(torch.nn.Module):  # type: ignore[misc]  # torch comes without checked types
        def __init__(self) -> None:
            super().__init__()
            self.m = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:  # noqa: ANN401
            hidden = self.m(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
            ).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
            return torch.nn.functional.normalize((hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9), dim=1)

    ids = torch.ones(2, 7, dtype=torch.long)
    torch.onnx.export(
        Pooled(),
        (ids, torch.ones_like(ids)),
        str(target),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={
            "input_ids": {0: "batch", 1: "tokens"},
            "attention_mask": {0: "batch", 1: "tokens"},
            "embedding": {0: "batch"},
        },
        opset_version=17,
        dynamo=False,
    )
    return int(model.config.hidden_size)


def _halve_weights(model: Any) -> Any:  # noqa: ANN401
    """Store large float32 weights as fp16 with a cast behind each, which onnxruntime folds when it loads the graph."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    graph, casts, halves = model.graph, [], []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size >= 1024:
            graph.initializer.remove(tensor)
            halves.append(numpy_helper.from_array(values.astype(np.float16), tensor.name + "_fp16"))
            casts.append(
                helper.make_node(
                    "Cast", [tensor.name + "_fp16"], [tensor.name], to=TensorProto.FLOAT, name=tensor.name + "_widen"
                )
            )
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + nodes)
    graph.initializer.extend(halves)
    return model


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

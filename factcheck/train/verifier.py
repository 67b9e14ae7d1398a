"""The recipe of the judge: a checkpoint and labelled pairs to ``models/verifier``, in stretches that resume.

Fine-tuning of a cross-encoder, reckoned in bfloat16 from weights kept in float32 (Micikevicius et al. 2018, "Mixed
Precision Training"), batches of like length filled to a number of tokens, the embeddings and lowest layers left as they
are, a learning rate that falls from layer to layer downwards (Howard and Ruder 2018, "Universal Language Model
Fine-tuning") and linearly to nothing. Every figure that is not obvious was chosen
for two CPU cores.

A small judge is made the same way with a teacher: its targets are the teacher's probabilities mixed with the labels
(Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"), or the teacher's alone for pairs without a label.
"""

from __future__ import annotations

import copy
import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import BadData, MissingModel
from factcheck.evaluate.verify import judge, measure, read_pairs
from factcheck.train.floats import as_checkpoint
from factcheck.train.mixture import Example, Mixture, add_unrelated, digest_files
from factcheck.verify import LABELS, OnnxVerifier

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

CHECKPOINT = "state.pt"
WARM_UP_STEPS = 100


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of one training; ``pairs`` is how many are seen in all, over every stretch."""

    pairs: int = 60_000
    learning_rate: float = 5e-5
    layer_decay: float = 0.94
    frozen_layers: int = 3
    batch_tokens: int = 4096
    batch_pairs: int = 96
    max_tokens: int = 192
    label_smoothing: float = 0.05
    weight_decay: float = 0.01
    dropout: float = 0.0
    seed: int = 7
    draw: int = 4000
    unrelated: float = 0.05
    teacher_weight: float = 0.5
    save_every_s: float = 600.0


Progress = Callable[[int, int, float], None]
"""Called with (pairs seen, pairs in all, running loss)."""

Teacher = Callable[[Sequence[tuple[str, str]]], NDArray[np.float64]]
"""Gives the probabilities of ``LABELS``, shape (n, 3), for (evidence, claim) texts."""


class Trainer:
    """One training: holds model and optimiser, and saves both so that a later call goes on.

    ``base`` is a checkpoint of transformers, or the folder of an exported judge, whose weights are read back as floats.
    ``data`` gives the digests of the files it learns from.

    :raises BadData: when ``checkpoints`` holds a training from another base or on other data.
    """

    def __init__(self, base: Path, checkpoints: Path, recipe: Recipe, data: Mapping[str, str] | None = None) -> None:
        torch, transformers = _import_training()
        self.origin = {"base": base.resolve().name, "data": dict(data or {})}
        self.recipe = recipe
        self.checkpoints = checkpoints
        torch.manual_seed(recipe.seed)
        with as_checkpoint(base) as start:
            self.tokenizer: PreTrainedTokenizerBase = transformers.AutoTokenizer.from_pretrained(str(start))
            self.model: PreTrainedModel = transformers.AutoModelForSequenceClassification.from_pretrained(
                str(start),
                num_labels=len(LABELS),
                id2label=dict(enumerate(LABELS)),
                label2id={n: i for i, n in enumerate(LABELS)},
                # A pass sees each pair once or twice, so dropout regularises little; its masks cost a fifth of a step.
                hidden_dropout_prob=recipe.dropout,
                attention_probs_dropout_prob=recipe.dropout,
                # The fused attention for processors is half as fast as the plain one at heads of 32 numbers.
                attn_implementation="eager",
            )
        self.seen, self.step, self.loss = 0, 0, 0.0
        self.optimizer = torch.optim.AdamW(self._groups(), fused=True)
        self._resume()
        self._worker = copy.deepcopy(self.model).to(torch.bfloat16)
        self._weights = [
            (rough, exact)
            for rough, exact in zip(self._worker.parameters(), self.model.parameters(), strict=True)
            if exact.requires_grad
        ]

    def run(
        self,
        mixture: Mixture,
        *,
        teacher: Teacher | None = None,
        budget_s: float | None = None,
        progress: Progress | None = None,
    ) -> bool:
        """Train until ``recipe.pairs`` are seen or ``budget_s`` is spent; return whether it is finished."""
        begun = saved = time.monotonic()
        rng = random.Random(self.recipe.seed + self.step)
        self._worker.train()
        while self.seen < self.recipe.pairs:
            rows = mixture.draw(min(self.recipe.draw, self.recipe.pairs - self.seen + 1), rng)
            if not rows:
                break
            rows = add_unrelated(rows, self.recipe.unrelated, rng)
            taught = teacher([(r.evidence, r.claim) for r in rows]) if teacher is not None else None
            targets = make_targets(rows, taught, self.recipe.teacher_weight)
            for batch in make_batches(self.tokenizer, rows, targets, self.recipe, rng):
                self._learn(batch)
                if progress is not None:
                    progress(self.seen, self.recipe.pairs, self.loss)
                now = time.monotonic()
                if budget_s is not None and now - begun > budget_s:
                    self.save()
                    return False
                if now - saved > self.recipe.save_every_s:
                    saved = now
                    self.save()
        self.save()
        return True

    def save(self) -> None:
        """Write the checkpoint in one step."""
        torch, _ = _import_training()
        self.checkpoints.mkdir(parents=True, exist_ok=True)
        unfinished = self.checkpoints / f"{CHECKPOINT}.unfinished"
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "seen": self.seen,
            "step": self.step,
            "origin": self.origin,
        }
        torch.save(state, unfinished)
        os.replace(unfinished, self.checkpoints / CHECKPOINT)

    def _resume(self) -> None:
        torch, _ = _import_training()
        path = self.checkpoints / CHECKPOINT
        if path.is_file():
            state = torch.load(path, weights_only=True)
            if state.get("origin") != self.origin:
                raise BadData(f"{path} is of a training from another base or on other data; give another --checkpoints")
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.seen, self.step = state["seen"], state["step"]

    def _groups(self) -> list[dict[str, Any]]:
        """Freeze the lowest layers and give every other one its learning rate."""
        recipe = self.recipe
        backbone = getattr(self.model, self.model.base_model_prefix)
        layers = list(backbone.encoder.layer)
        for part in (backbone.embeddings, *layers[: recipe.frozen_layers]):
            for parameter in part.parameters():
                parameter.requires_grad_(False)
        groups: list[dict[str, Any]] = [
            {"params": list(self.model.classifier.parameters()), "base": recipe.learning_rate, "weight_decay": 0.0}
        ]
        for depth, layer in enumerate(layers[recipe.frozen_layers :], recipe.frozen_layers):
            rate = recipe.learning_rate * recipe.layer_decay ** (len(layers) - 1 - depth)
            groups.append({"params": list(layer.parameters()), "base": rate, "weight_decay": recipe.weight_decay})
        for group in groups:
            group["lr"] = group["base"]
        return groups

    def _learn(self, batch: Batch) -> None:
        torch, _ = _import_training()
        left = max(0.02, 1 - self.seen / self.recipe.pairs)
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * min(1.0, (self.step + 1) / WARM_UP_STEPS) * left
        logits = self._worker(input_ids=batch.ids, attention_mask=batch.mask).logits
        loss = torch.nn.functional.cross_entropy(
            logits.float(), batch.targets, label_smoothing=self.recipe.label_smoothing
        )
        loss.backward()
        for rough, exact in self._weights:
            exact.grad = None if rough.grad is None else rough.grad.float()
            rough.grad = None
        torch.nn.utils.clip_grad_norm_([exact for _, exact in self._weights], 1.0)
        self.optimizer.step()
        with torch.no_grad():
            for rough, exact in self._weights:
                rough.copy_(exact)
        self.step += 1
        self.seen += len(batch.targets)
        now = float(loss.detach())
        self.loss = now if self.step == 1 else 0.98 * self.loss + 0.02 * now


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids and mask of shape (n, tokens) and target probabilities of shape (n, 3)."""

    ids: torch.Tensor
    mask: torch.Tensor
    targets: torch.Tensor


def make_targets(
    rows: Sequence[Example], taught: NDArray[np.float64] | None, teacher_weight: float
) -> NDArray[np.float64]:
    """Return target probabilities of shape (n, 3): the label, the teacher's opinion, or both by ``teacher_weight``."""
    targets = np.zeros((len(rows), len(LABELS)))
    for place, row in enumerate(rows):
        if taught is None:
            assert row.label is not None, "a pair without a label needs a teacher"
            targets[place, row.label] = 1.0
        elif row.label is None:
            targets[place] = taught[place]
        else:
            targets[place] = teacher_weight * taught[place]
            targets[place, row.label] += 1.0 - teacher_weight
    return targets


def make_batches(
    tokenizer: PreTrainedTokenizerBase,
    rows: Sequence[Example],
    targets: NDArray[np.float64],
    recipe: Recipe,
    rng: random.Random,
) -> Iterator[Batch]:
    """Yield batches of like length in random order, each within ``batch_tokens`` once padded."""
    torch, _ = _import_training()
    encoded = tokenizer(
        [r.evidence for r in rows], [r.claim for r in rows], truncation="longest_first", max_length=recipe.max_tokens
    )["input_ids"]
    pad = tokenizer.pad_token_id or 0
    for members in group_by_length([len(e) for e in encoded], recipe.batch_tokens, recipe.batch_pairs, rng):
        longest = max(len(encoded[i]) for i in members)
        ids = torch.full((len(members), longest), pad)
        mask = torch.zeros((len(members), longest), dtype=torch.long)
        for row, index in enumerate(members):
            ids[row, : len(encoded[index])] = torch.tensor(encoded[index])
            mask[row, : len(encoded[index])] = 1
        yield Batch(ids, mask, torch.tensor(targets[members], dtype=torch.float32))


def group_by_length(lengths: Sequence[int], batch_tokens: int, batch_pairs: int, rng: random.Random) -> list[list[int]]:
    """Return groups of indices of like length in random order; a little noise keeps them from being the same twice."""
    groups: list[list[int]] = []
    current: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 6):
        longest = max([lengths[index], *(lengths[i] for i in current)])
        if current and (longest * (len(current) + 1) > batch_tokens or len(current) >= batch_pairs):
            groups.append(current)
            current = []
        current.append(index)
    if current:
        groups.append(current)
    rng.shuffle(groups)
    return groups


def write_model(
    trainer: Trainer,
    folder: Path,
    *,
    name: str,
    base: str,
    data: Sequence[Path],
    dev: Sequence[Path],
    samples: Sequence[Example] = (),
) -> dict[str, Any]:
    """Export the trained judge to ``folder`` as int8 ONNX with tokenizer and card, and return the card.

    ``samples`` show the export which channels are to be quantised apart.
    """
    from factcheck.export_onnx import digest, export_int8

    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    rng = random.Random(trainer.recipe.seed)
    targets = np.zeros((len(samples), len(LABELS)))
    batches = make_batches(trainer.tokenizer, samples, targets, trainer.recipe, rng) if samples else ()
    seen = [{"input_ids": b.ids, "attention_mask": b.mask} for b in batches]
    files = export_int8(trainer.model, unfinished, samples=seen)
    trainer.tokenizer.backend_tokenizer.save(str(unfinished / "tokenizer.json"))
    trainer.model.config.to_json_file(str(unfinished / "config.json"))
    verifier = OnnxVerifier.load(unfinished)
    figures = {}
    for path in dev:
        pairs = read_pairs(path)
        stances, elapsed = judge(pairs, verifier)
        figures[path.stem] = {"n": len(pairs)} | {
            key: round(value, 4)
            for key, value in measure([p.label for p in pairs], stances, elapsed).to_dict().items()
            if isinstance(value, float)
        }
    card = {
        "name": name,
        "base": base,
        "licence": "Apache-2.0",
        "recipe": asdict(trainer.recipe),
        "pairs_seen": trainer.seen,
        "commit": _commit(),
        "sha256": digest(files),
        "data_sha256": digest_files(data),
        "dev": figures,
    }
    (unfinished / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    tempering = folder / "tempering.json"
    if tempering.is_file():
        shutil.copy(tempering, unfinished / "tempering.json")
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.is_dir():
        folder.rename(old)
    unfinished.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return card


def _commit() -> str:
    """Return the commit of the recipe, or "unknown" outside a checkout."""
    here = Path(__file__).resolve().parent
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _import_training() -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ImportError as error:
        raise MissingModel(f"training needs {error.name}; install it with `pip install 'factcheck[train]'`") from error
    return torch, transformers

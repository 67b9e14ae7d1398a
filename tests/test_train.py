"""The recipe on data small enough to run: drawing, batching, a whole training of a tiny judge, and the fits."""

import json
import random

import numpy as np
import pytest

from factcheck.errors import BadData
from factcheck.train.mixture import Example, Mixture, add_unrelated
from factcheck.train.softmax import fit_softmax, fit_tempering, log_loss, softmax
from factcheck.train.verifier import group_by_length, make_targets
from factcheck.types import Pair
from factcheck.verify import LABELS, OnnxVerifier, Tempering, temper


def examples(name, count):
    return [Example(f"{name} evidence {i}", f"claim {i}", i % 3) for i in range(count)]


def test_sets_are_drawn_by_share_and_nothing_twice_in_a_pass():
    mixture = Mixture({"big": examples("big", 1000), "small": examples("small", 100)}, {"big": 0.1, "small": 1.0})
    drawn = mixture.draw(100, random.Random(1))
    names = [e.evidence.split()[0] for e in drawn]
    assert abs(names.count("big") - names.count("small")) <= 1
    drawn += mixture.draw(100, random.Random(2))
    small = [e for e in drawn if e.evidence.startswith("small")]
    assert len(set(small)) == len(small)
    assert mixture.pass_size() == 200


def test_a_share_of_nothing_leaves_a_set_out():
    mixture = Mixture({"a": examples("a", 10), "b": examples("b", 10)}, {"b": 0.0})
    assert {e.evidence[0] for e in mixture.draw(10, random.Random(1))} == {"a"}


def test_strange_evidence_decides_nothing_and_near_evidence_is_left_alone():
    rows = [Example(f"evidence about {i}", f"nothing like {i}", 0) for i in range(20)]
    more = add_unrelated(rows, 0.5, random.Random(1))
    assert more[:20] == rows
    assert 5 < len(more) - 20 <= 10
    assert {LABELS[e.label] for e in more[20:]} == {"not_enough_info"}
    assert all((e.evidence, e.claim) not in {(r.evidence, r.claim) for r in rows} for e in more[20:])
    alike = [
        Example(f"Statistics Norway counted registrations in {i}", "Norway counted registrations", 0) for i in range(9)
    ]
    assert add_unrelated(alike, 1.0, random.Random(1)) == alike
    assert add_unrelated(rows[:1], 1.0, random.Random(1)) == rows[:1]


def test_rows_with_other_labels_are_left_out_and_bad_ones_named(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"evidence": "e", "claim": "c", "label": label} for label in ("supported", "not supported, unspecified")]
    path.write_text("\n".join(map(json.dumps, rows)))
    assert len(Mixture.read([tmp_path]).sets["a"]) == 1
    path.write_text('{"evidence": "e"}\n')
    with pytest.raises(BadData, match="line 1"):
        Mixture.read([path])
    with pytest.raises(BadData, match="no pairs"):
        Mixture.read([])


def test_rows_end_at_line_feeds_alone_and_a_byte_order_mark_is_none_of_them(tmp_path):
    path = tmp_path / "a.jsonl"
    row = {"evidence": "e\u2028f\x85", "claim": "c", "label": "supported"}
    path.write_text("\ufeff" + json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [e.evidence for e in Mixture.read([path]).sets["a"]] == ["e\u2028f\x85"]


def test_a_teacher_stands_in_for_labels_and_is_mixed_with_them(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"evidence": "e", "claim": "c", "label": "refuted"}, {"evidence": "f", "claim": "d"}]
    path.write_text("\n".join(map(json.dumps, rows)))
    kept = Mixture.read([path], unlabelled=True).sets["a"]
    assert [e.label for e in kept] == [1, None]
    taught = np.array([[0.6, 0.3, 0.1], [0.2, 0.1, 0.7]])
    assert np.allclose(make_targets(kept, taught, 0.5), [[0.3, 0.65, 0.05], [0.2, 0.1, 0.7]])
    assert np.allclose(make_targets(kept[:1], None, 0.5), [[0.0, 1.0, 0.0]])


def test_groups_hold_every_index_once_within_their_budget():
    lengths = [random.Random(3).randrange(5, 120) for _ in range(300)]
    groups = group_by_length(lengths, 512, 16, random.Random(4))
    assert sorted(i for g in groups for i in g) == list(range(300))
    assert all(len(g) <= 16 and max(lengths[i] for i in g) * len(g) <= 512 for g in groups)


def test_softmax_fit_finds_what_made_the_data_and_keeps_signs():
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(3000, 2))
    truth = np.array([[2.0, 0.0], [-2.0, 0.0], [0.0, 1.0]])
    labels = np.array([rng.choice(3, p=p) for p in softmax(inputs @ truth.T)])
    weights, intercepts = fit_softmax(inputs, labels, classes=3, l2=1e-4)
    # Only differences between classes matter to a softmax.
    assert np.allclose(weights - weights.mean(axis=0), truth - truth.mean(axis=0), atol=0.25)
    assert log_loss(softmax(inputs @ weights.T + intercepts), labels) < log_loss(np.full((3000, 3), 1 / 3), labels)
    signs = np.array([[-1, 0], [0, 0], [0, -1]])
    held, _ = fit_softmax(inputs, labels, classes=3, l2=1e-4, signs=signs)
    assert held[0, 0] <= 0
    assert held[2, 1] <= 0


def test_tempering_recovers_an_overconfident_judge():
    rng = np.random.default_rng(1)
    logits = rng.normal(size=(4000, 3)) * 1.5
    labels = np.array([rng.choice(3, p=p) for p in softmax(logits)])
    temperature, bias = fit_tempering(logits * 2.0, labels)
    assert temperature == pytest.approx(2.0, abs=0.25)
    assert np.allclose(bias, 0, atol=0.15)
    honest = temper(logits * 2.0, Tempering(temperature, tuple(bias)))
    assert log_loss(honest, labels) < log_loss(softmax(logits * 2.0), labels)


@pytest.mark.model
def test_a_tiny_judge_is_trained_resumed_exported_and_run(tmp_path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from tokenizers import Tokenizer
    from transformers import MPNetConfig, MPNetForSequenceClassification, PreTrainedTokenizerFast

    from factcheck.assets import models_dir
    from factcheck.train.verifier import Recipe, Trainer, write_model

    raw = Tokenizer.from_file(str(models_dir() / "verifier" / "tokenizer.json"))
    raw.no_padding()
    base = tmp_path / "base"
    PreTrainedTokenizerFast(tokenizer_object=raw, pad_token="<pad>", mask_token="<mask>").save_pretrained(base)
    config = MPNetConfig(
        vocab_size=raw.get_vocab_size(), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, num_labels=3,
    )  # fmt: skip
    MPNetForSequenceClassification(config).save_pretrained(base)
    words = {0: "certainly", 1: "never", 2: "perhaps"}
    rows = [
        {"evidence": f"{words[i % 3]} {words[i % 3]} number {i}", "claim": "it is so", "label": LABELS[i % 3]}
        for i in range(60)
    ]
    data = tmp_path / "toy.jsonl"
    data.write_text("\n".join(map(json.dumps, rows)))
    recipe = Recipe(pairs=2400, learning_rate=2e-3, frozen_layers=0, draw=120, layer_decay=1.0, batch_pairs=8)
    first = Trainer(base, tmp_path / "ck", recipe)
    assert not first.run(Mixture.read([data]), budget_s=0.5)
    second = Trainer(base, tmp_path / "ck", recipe)
    assert second.seen == first.seen > 0
    with pytest.raises(BadData, match="on other data; give another --checkpoints"):
        Trainer(base, tmp_path / "ck", recipe, {"toy.jsonl": "0" * 64})
    assert second.run(Mixture.read([data]))
    samples = Mixture.read([data]).draw(20, random.Random(1))
    card = write_model(
        second, tmp_path / "judge", name="toy", base="toy base", data=[data], dev=[data], samples=samples
    )
    assert card["dev"]["toy"]["accuracy"] > 0.9
    assert card["pairs_seen"] >= 2400
    judge = OnnxVerifier.load(tmp_path / "judge")
    assert judge.name == "toy"
    (stance,) = judge.score([Pair("it is so", "certainly certainly number 3")])
    assert stance.p_supports > 0.6
    assert all(p.stat().st_size < 50_000_000 for p in (tmp_path / "judge").iterdir())

    # What was exported can be trained on: its weights come back as floats, loud channels in their places.
    third = Trainer(tmp_path / "judge", tmp_path / "other", recipe)
    ids = third.tokenizer("certainly certainly number 3", "it is so", return_tensors="pt")
    assert int(third.model.eval()(**ids).logits.argmax()) == 0
    layer = third.model.mpnet.encoder.layer[1].output.dense
    assert layer.weight.shape == (32, 64)
    assert third.model.config.layer_norm_eps == config.layer_norm_eps

"""The two judges in a row: who is asked, whose word stands, and where the line between them lies."""

import json

import numpy as np
import pytest
from encoders import HashEncoder

from factcheck.build import build_verifier
from factcheck.cascade import CUT_FILE, CascadeVerifier, Cut, fit_cut, write_cut
from factcheck.errors import MissingModel
from factcheck.evaluate.cases import place_among_near
from factcheck.types import Pair, Stance


class Scripted:
    """A judge whose probability of "neither" stands in the evidence; it keeps what it was asked."""

    def __init__(self, name, supports=None) -> None:
        self.name, self.supports, self.asked = name, supports, []

    def score(self, pairs):
        self.asked += [p.evidence for p in pairs]
        if self.supports is not None:
            return [Stance(self.supports, 0.0, 1.0 - self.supports) for _ in pairs]
        return [Stance(0.0, 1.0 - float(p.evidence), float(p.evidence)) for p in pairs]


def test_only_pairs_in_doubt_reach_the_large_judge_and_its_word_stands():
    small, large = Scripted("small"), Scripted("large", supports=0.7)
    judge = CascadeVerifier(small, large, neutral_above=0.9)
    stances = judge.score([Pair("c", e) for e in ("0.95", "0.2", "0.9", "0.99")])
    assert large.asked == ["0.2", "0.9"]
    assert [s.p_supports for s in stances] == [0.0, 0.7, 0.7, 0.0]
    assert stances[3].p_neutral == 0.99
    assert judge.score([]) == []
    assert judge.name == "large, small first"


def test_the_cut_loses_no_more_decided_pairs_than_allowed():
    rng = np.random.default_rng(5)
    decides = rng.random(2000) < 0.4
    neutral = np.where(decides, rng.beta(2, 5, 2000), rng.beta(8, 1, 2000))
    strict, loose = fit_cut(neutral, decides, lost_at_most=0.0), fit_cut(neutral, decides, lost_at_most=0.05)
    assert strict.lost == 0.0
    assert 0.03 < loose.lost <= 0.05
    assert loose.neutral_above < strict.neutral_above
    assert loose.set_aside > strict.set_aside > 0
    assert np.mean(neutral > loose.neutral_above) == pytest.approx(loose.set_aside)
    assert fit_cut(neutral, np.zeros(2000, dtype=bool), lost_at_most=0.05).neutral_above == 0.0


def test_a_small_judge_without_its_cut_is_refused(tmp_path):
    with pytest.raises(MissingModel, match="cascade"):
        CascadeVerifier.load(tmp_path, tmp_path)
    write_cut(Cut(0.91234, 0.6, 0.02), tmp_path, ["a.jsonl"])
    assert json.loads((tmp_path / CUT_FILE).read_text())["neutral_above"] == 0.9123


def test_each_claim_is_put_among_the_passages_nearest_to_it_but_no_version_of_its_own(tmp_path):
    pairs = [
        ("The harbour of Velm took in 40 ships in June.", "Velm saw 40 ships in June."),
        ("The harbour of Velm took in 41 ships in June.", "Velm saw 41 ships in June."),
        ("Ships of the Velm line carry ore from the north.", "The line carries ore."),
        ("A bakery in Oor sells rye bread.", "Rye bread is sold in Oor."),
    ]
    path = tmp_path / "pairs.jsonl"
    rows = [{"evidence": e, "claim": c, "label": "supported"} for e, c in pairs]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    made = place_among_near([path], 4, HashEncoder())
    first = [item["text"] for item in made[0]["evidence"]]
    assert made[0]["claim"] == pairs[0][1]
    assert first[0] == pairs[0][0]
    assert pairs[1][0] not in first
    assert first.index(pairs[2][0]) < first.index(pairs[3][0])


@pytest.mark.model
def test_the_shipped_judges_are_built_by_name_and_the_large_one_is_the_default():
    pair = Pair("Velm has 40 ships.", "The harbour of Velm counted 40 ships in June.")
    names = {name: build_verifier(name).name for name in ("default", "large", "small", "cascade")}
    assert names["default"] == names["large"] != names["small"]
    assert names["cascade"] == f"{names['large']}, {names['small']} first"
    (stance,) = build_verifier("small").score([pair])
    assert stance.p_supports > stance.p_refutes

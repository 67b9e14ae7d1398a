"""Verdicts of the whole path on hand-made gold claims against a corpus, as figures and as a list of what went wrong.

    python tests/benchmarks/gold_verdicts.py claims/examples/ai-infrastructure-2025.gold.jsonl --as-of 2025-12-04

Rows need ``claim`` and ``verdict`` or ``gold_verdict`` (supported, refuted, not_enough_info, mixed); rows with
``checkable`` false are left out. "mixed" is met by conflicting, not enough info, or a confidence under 0.6.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from factcheck.build import Settings, build_checker
from factcheck.evaluate.cases import as_claim
from factcheck.types import CheckedClaim, VerdictLabel

ROOT = Path(__file__).parents[2]


def is_met(gold: str, checked: CheckedClaim) -> bool:
    """Return whether a verdict is what the gold row asks for."""
    label = checked.verdict.label
    if gold == "mixed":
        undecided = (VerdictLabel.CONFLICTING, VerdictLabel.NOT_ENOUGH_INFO)
        return label in undecided or checked.verdict.confidence < 0.6
    return label.value == gold


def main() -> None:
    """Judge every gold claim and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--as-of", default="2025")
    parser.add_argument("--workspace", type=Path, default=ROOT)
    parser.add_argument("--verifier", default="default")
    parser.add_argument("--show", action="store_true", help="also what was right")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row.get("checkable", True)]
    checker = build_checker(Settings(workspace=options.workspace, verifier=options.verifier))
    claims = [
        as_claim(row["claim"], checker.extractor, said_on=options.as_of, name=str(number))
        for number, row in enumerate(rows)
    ]
    pairs: Counter[tuple[str, str]] = Counter()
    met = 0
    for row, checked in zip(rows, checker.judge(claims, options.as_of), strict=True):
        gold = row.get("verdict") or row["gold_verdict"]
        right = is_met(gold, checked)
        met += right
        pairs[(gold, checked.verdict.label.value)] += 1
        if options.show or not right:
            first = checked.evidence[0] if checked.evidence else None
            print(
                f"{'ok ' if right else 'NOT'} {gold} -> {checked.verdict.label.value} {checked.verdict.confidence:.2f}"
            )
            print(f"    {row['claim']}\n    {checked.verdict.reason}")
            if first is not None:
                s = first.stance
                print(f"    [{s.p_supports:.2f} {s.p_refutes:.2f} {s.p_neutral:.2f}] {first.as_of} {first.quote}")
    print(f"{met} of {len(rows)} as the gold says ({met / len(rows):.1%})")
    false = sum(n for (gold, said), n in pairs.items() if gold == "refuted" and said == "supported")
    print(f"refuted called supported: {false}")
    for (gold, said), count in sorted(pairs.items()):
        print(f"  {gold:<16} -> {said:<16} {count}")


if __name__ == "__main__":
    main()

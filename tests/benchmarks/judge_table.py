"""Print the table of judges for models/README.md from what `factcheck evaluate verify FILE... --json` printed.

    python tests/benchmarks/judge_table.py default=default.json large=large.json small=small.json alone=alone.json

Each column is a run, named as given; for the first one, macro F1, two-way accuracy, supported against rest, refuted
called supported, undecided called decided and calibration error are shown, too. Runs must be over the same files with
the same ``--limit``; with ``--baselines`` in the first, the trivial judges have columns as well.
"""

import json
import sys
from pathlib import Path

DETAILS = {
    "macro F1": "macro_f1",
    "two-way": "two_way_accuracy",
    "supported against rest": "binary_balanced_accuracy",
    "refuted called supported": "refuted_called_supported",
    "undecided called decided": "undecided_called_decided",
    "calibration error": "ece",
}
TRIVIAL = {"majority": "majority_accuracy", "overlap": "overlap_accuracy", "cosine": "cosine_accuracy"}


def main(arguments: list[str]) -> None:
    """Print a Markdown table of one row a set."""
    runs = {
        name: json.loads(Path(path).read_text(encoding="utf-8")) for name, path in (a.split("=") for a in arguments)
    }
    first = next(iter(runs.values()))
    trivial = TRIVIAL if "baselines" in first else {}
    print("| " + " | ".join(["set", "rows", *trivial, *runs, *DETAILS]) + " |")
    print("|---" * (2 + len(trivial) + len(runs) + len(DETAILS)) + "|")
    for name in [*first["files"], "pooled"]:
        scores = {run: out["pooled"] if name == "pooled" else out["files"][name] for run, out in runs.items()}
        shown = next(iter(scores.values()))
        simple = first["baselines"].get(name, {}) if trivial else {}
        cells = [name, str(shown["n"]), *(f"{simple[key]:.2f}" if simple else "" for key in trivial.values())]
        cells += [f"{s['accuracy']:.3f}" for s in scores.values()]
        cells += [f"{shown[key]:.3f}" for key in DETAILS.values()]
        print("| " + " | ".join(cells) + " |")
    print()
    for run, out in runs.items():
        print(f"{run}: {out['pooled']['pairs_per_s']:.0f} pairs a second")


if __name__ == "__main__":
    main(sys.argv[1:])

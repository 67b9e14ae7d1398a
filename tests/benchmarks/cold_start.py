"""Time a whole check in a fresh process against importing sentence-transformers on the same machine.

    python tests/benchmarks/cold_start.py [ARTICLE] [--runs 5]

Prints medians, their ratio and the peak memory of the check. Runs alternate, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "claims" / "examples" / "ai-infrastructure-2025.txt"


def run_once(command: list[str]) -> tuple[float, float]:
    """Return the seconds and the peak megabytes of a command's process."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed_s = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{' '.join(command)} failed with exit code {os.waitstatus_to_exitcode(status)}")
    return elapsed_s, usage.ru_maxrss / 1024


def main() -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", nargs="?", default=str(SAMPLE))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    factcheck = [sys.executable, "-c", "from factcheck.cli import main; main()"]
    commands = {
        "check": [*factcheck, options.article, "--quiet", "--workspace", str(ROOT)],
        "import sentence_transformers": [sys.executable, "-c", "import sentence_transformers"],
        "help": [*factcheck, "--help"],
    }
    run_once(commands["check"])  # builds the index where there is none
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, command in commands.items():
            runs[name].append(run_once(command))
    median = {name: statistics.median(t for t, _ in rows) for name, rows in runs.items()}
    for name, rows in runs.items():
        print(f"{name:<30} median {median[name]:6.2f} s, peak {max(m for _, m in rows):6.0f} MB")
    print(f"check / import sentence_transformers = {median['check'] / median['import sentence_transformers']:.2f}")


if __name__ == "__main__":
    main()

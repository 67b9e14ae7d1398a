"""How fast reviews are written by several processes and found again, and whether kill -9 loses an acknowledged one.

    python tests/benchmarks/bench_ledger.py [--kills 200]

Prints one line a measurement; exits with 1 when a review is missing.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sample_report import make_report

from factcheck.ledger import Ledger, make_event
from factcheck.ledger.events import event_to_json
from factcheck.ledger.exchange import LEDGER_SCHEMA
from factcheck.types import ReviewAction

PROCESSES, EACH = 4, 250


def write(path: Path, count: int) -> None:
    """Append ``count`` reviews, telling the id of each once it is recorded."""
    report = make_report()
    with Ledger.open(path) as ledger:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for _ in range(count):
            stored = ledger.append(make_event(report, report.claims[1], ReviewAction.ACCEPT, reviewer="bench"))
            sys.stdout.write(stored.id + "\n")
            sys.stdout.flush()


def start(path: Path, count: int) -> subprocess.Popen[str]:
    """Start a writer and wait until it has opened the ledger."""
    writer = subprocess.Popen(
        [sys.executable, __file__, "--write", str(path), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    return writer


def go(writer: subprocess.Popen[str]) -> None:
    """Let a writer that is ready begin."""
    assert writer.stdin is not None
    writer.stdin.write("go\n")
    writer.stdin.flush()


def measure_rate(folder: Path) -> bool:
    """Print reviews a second of four processes together."""
    path = folder / "rate.db"
    writers = [start(path, EACH) for _ in range(PROCESSES)]
    began = time.perf_counter()
    for writer in writers:
        go(writer)
    told = [line for writer in writers for line in writer.communicate()[0].split()]
    elapsed_s = time.perf_counter() - began
    with Ledger.open(path) as ledger:
        kept = {event.id for event in ledger.log()}
    sys.stdout.write(
        f"{PROCESSES} processes: {len(told) / elapsed_s:.0f} reviews/s, {len(told)} told, {len(kept)} kept\n"
    )
    return len(told) == PROCESSES * EACH and set(told) == kept


def measure_kills(folder: Path, kills: int) -> bool:
    """Kill a writer at random moments; print how many acknowledged reviews there were and how many are missing."""
    path, chance, told = folder / "kills.db", random.Random(11), []
    for _ in range(kills):
        writer = start(path, 1_000_000)
        go(writer)
        time.sleep(chance.uniform(0.0, 0.06))
        writer.send_signal(signal.SIGKILL)
        told += writer.communicate()[0].split("\n")[:-1]
    with Ledger.open(path) as ledger:
        kept = {event.id for event in ledger.log()}
    missing = set(told) - kept
    sys.stdout.write(f"{kills} kills: {len(told)} acknowledged, {len(kept)} kept, {len(missing)} missing\n")
    return not missing


def measure_history(decisions: int) -> None:
    """Print how long states, all decisions and an undo take after so many decisions on the same five claims."""
    report = make_report()
    with Ledger.in_memory() as ledger:
        ledger.record_report(report)
        first = ledger.append(make_event(report, report.claims[0], ReviewAction.ACCEPT))
        made = (
            event_to_json(
                replace(first, id=f"{number:032x}", stamp=number, claim_text=report.claims[number % 5].claim.text)
            )
            for number in range(1, decisions)
        )
        ledger.import_jsonl([json.dumps({"schema": LEDGER_SCHEMA, "type": "review", **one}) for one in made])
        for name, work in (
            ("states", lambda: ledger.states(report)),
            ("decisions", ledger.decisions),
            ("undo", lambda: ledger.undo(article_sha256=report.article.sha256)),
        ):
            began = time.perf_counter()
            work()
            elapsed_ms = (time.perf_counter() - began) * 1000
            sys.stdout.write(f"{name} after {decisions} decisions on five claims: {elapsed_ms:.0f} ms\n")


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--write", nargs=2)
    options = parser.parse_args()
    if options.write:
        write(Path(options.write[0]), int(options.write[1]))
        return 0
    measure_history(50_000)
    with tempfile.TemporaryDirectory() as name:
        fine = [measure_rate(Path(name)), measure_kills(Path(name), options.kills)]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())

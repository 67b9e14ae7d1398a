"""The README's tour works as it stands there: every command is run, in order, in an empty folder."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from factcheck.cli.main import run

ROOT = Path(__file__).parents[1]


def tour():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- tour -->\n```bash\n(.*?)```", text, re.DOTALL)
    assert block, "the README has lost its tour"
    return [shlex.split(line, comments=True) for line in block.group(1).splitlines() if line.strip()]


@pytest.mark.model
def test_every_command_of_the_tour_works(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "claims" / "examples" / "tram.txt", "article.txt")
    Path("notes.md").write_text("# Trams in 2025\n\nThe network of Port Ellery carried 41 million riders in 2024.\n")
    commands = tour()
    assert len(commands) >= 8
    for words in commands:
        assert words[0] == "factcheck"
        code = run(words[1:])
        captured = capsys.readouterr()
        assert code == 0, f"{shlex.join(words)}: {captured.err}"
    assert Path("report.md").read_text().startswith("#")
    assert Path("report.json").stat().st_size > 1000


@pytest.mark.model
def test_the_python_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "claims" / "examples" / "tram.txt", "article.txt")
    Path("notes.md").write_text("# Trams in 2025\n\nThe network of Port Ellery carried 41 million riders in 2024.\n")
    assert run(["init", "desk", "--empty"]) == 0
    assert run(["add", "notes.md", "--workspace", "desk", "--date", "2025-03"]) == 0
    code = re.search(r"## From Python\n\n```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert code
    names: dict[str, object] = {}
    exec(compile(code.group(1), "README.md", "exec"), names)
    assert names["row"]["schema"] == "factcheck-report/1"
    assert str(names["page"]).lstrip().lower().startswith("<!doctype html>")
    assert names["short"].claims
    assert not any(state.settled for state in names["decided"].values())
    assert set(names["decided"]) <= {checked.claim.id for checked in names["report"].claims}


def test_the_commands_that_the_readme_names_exist():
    from typer.main import get_command

    from factcheck.cli.app import app

    names = set(get_command(app).commands)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(
        re.findall(r"factcheck (add|corpus|claims|review|ledger|evaluate|init|serve|recheck|gaps|index)\b", text)
    )
    assert named
    assert named <= names

"""Imports point one way: values below, stages beside each other, the pipeline above them, the command line on top."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "factcheck"
STAGES = ("claims", "corpus", "index", "embed", "verify", "decide", "report", "ledger")


def imports_of(part):
    path = PACKAGE / part
    files = sorted(path.rglob("*.py")) if path.is_dir() else [PACKAGE / f"{part}.py"]
    names = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("factcheck"):
                names.add(node.module.removeprefix("factcheck").lstrip(".").split(".")[0])
            elif isinstance(node, ast.Import):
                names |= {a.name.split(".")[1] for a in node.names if a.name.startswith("factcheck.")}
    return names - {part, ""}


def parts():
    return sorted({p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()})


@pytest.mark.parametrize("part", [p for p in parts() if p not in ("cli", "__init__")])
def test_nothing_imports_the_command_line(part):
    assert "cli" not in imports_of(part)


@pytest.mark.parametrize("part", [p for p in parts() if p not in ("cli", "web", "evaluate", "train", "__init__")])
def test_only_the_command_line_knows_evaluation_and_training(part):
    assert not imports_of(part) & {"evaluate", "train", "web"}


@pytest.mark.parametrize("stage", ["claims", "embed", "verify", "decide"])
def test_no_stage_imports_another(stage):
    assert not imports_of(stage) & (set(STAGES) - {stage})


def test_types_and_errors_stand_on_the_standard_library_alone():
    assert imports_of("errors") == set()
    assert imports_of("types") <= {"report"}


def test_help_is_quick_to_import_and_loads_no_model_library():
    heavy = "torch", "spacy", "onnxruntime", "faiss", "sentence_transformers", "pandas", "transformers"
    code = (
        "import sys\nfrom factcheck.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as stop:\n    assert stop.code == 0, stop.code\n"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "check" in done.stdout

"""The command line on good and bad input: exit codes, whole messages, data on standard output and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.article import read_article
from factcheck.claims.files import write_claims
from factcheck.cli.check import read_done
from factcheck.cli.main import run, with_default_command
from factcheck.errors import BadData
from factcheck.types import (
    AsOfSource,
    CheckedClaim,
    Claim,
    Kind,
    Place,
    Probabilities,
    Report,
    RunInfo,
    Verdict,
    VerdictLabel,
)

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "claims" / "examples" / "tram.txt"


def call(argv, capsys):
    code = run([str(a) for a in argv])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def workspace(tmp_path):
    corpus = tmp_path / "home" / "corpus"
    corpus.mkdir(parents=True)
    (corpus / "mill.md").write_text(
        "---\ntitle: Mills of the valley\npublisher: Valley Archive\npublished: 2024-03\n---\n\n"
        "The valley had 47 working windmills in 2024, down from 170 in 1950.\n",
        encoding="utf-8",
    )
    return tmp_path / "home"


def test_an_article_without_a_command_is_checked():
    known = {"check", "add"}
    assert with_default_command(["a.txt"], known) == ["check", "a.txt"]
    assert with_default_command(["--as-of", "2025", "a.txt"], known) == ["check", "--as-of", "2025", "a.txt"]
    assert with_default_command(["add", "a.txt"], known) == ["add", "a.txt"]
    assert with_default_command(["./add"], known) == ["check", "./add"]
    assert with_default_command(["--help"], known) == ["--help"]


def test_version_goes_to_standard_output(capsys):
    code, out, err = call(["--version"], capsys)
    assert (code, out, err) == (0, "factcheck 0.1.0\n", "")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.txt", None, "missing.txt"),
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "picture.txt"),
        ("broken.txt", "Les élèves été déjà là.".encode("latin-1") * 3 + b"\x81\x8d\x8f", "broken.txt"),
        ("blank.txt", b" \n\t\n ", "blank.txt"),
    ],
)
def test_bad_articles_are_refused_in_one_line(name, content, says, tmp_path, workspace, capsys):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, err = call([path, "--workspace", workspace], capsys)
    assert code == 2
    assert out == ""
    assert says in err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert not (workspace / "corpus" / ".index").exists()


def test_a_folder_and_a_huge_file_are_refused(tmp_path, workspace, capsys):
    code, _, err = call([tmp_path, "--workspace", workspace], capsys)
    assert code == 2
    assert "folder" in err
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(50_000_000)
    code, _, err = call([huge, "--workspace", workspace], capsys)
    assert code == 2
    assert "huge.txt" in err


def test_a_workspace_without_corpus_is_refused(tmp_path, capsys):
    code, out, err = call([SAMPLE, "--workspace", tmp_path], capsys)
    assert (code, out) == (2, "")
    assert "no corpus/" in err
    assert "factcheck init" in err


def test_an_empty_corpus_is_said(tmp_path, capsys):
    (tmp_path / "corpus").mkdir()
    code, out, err = call([SAMPLE, "--workspace", tmp_path], capsys)
    assert (code, out) == (2, "")
    assert "factcheck add" in err


def test_broken_front_matter_names_the_file(workspace, capsys):
    (workspace / "corpus" / "bad.md").write_text("---\ntitle: [unclosed\n---\ntext\n", encoding="utf-8")
    code, _, err = call([SAMPLE, "--workspace", workspace], capsys)
    assert code == 2
    assert "bad.md" in err


def test_bad_options_exit_with_two(capsys):
    assert call([SAMPLE, "--as-of", "soon"], capsys)[0] == 2
    assert call([SAMPLE, "--fail-on", "rain"], capsys)[0] == 2
    assert call([SAMPLE, "--format", "poem"], capsys)[0] == 2
    assert call(["no-such-flag", "--no-such-flag"], capsys)[0] == 2
    assert call([SAMPLE, "--format", "xlsx"], capsys)[0] == 2


@pytest.mark.model
def test_copies_are_told_and_stats_tell_what_the_corpus_speaks_of(workspace, tmp_path, capsys):
    text = "# Report\n\nNorsk Kraft opened a plant in Bergen in 2021. The plant of Norsk Kraft employs 300 people.\n"
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "b.md").write_text(text.replace("# Report", "# Reprint"))
    assert call(["add", tmp_path / "a.md", "--workspace", workspace, "--date", "2021-05"], capsys)[0] == 0
    code, _, err = call(["add", tmp_path / "b.md", "--workspace", workspace, "--date", "2021-06"], capsys)
    assert code == 0
    assert "100% of it stands in report in the same words" in err
    code, out, _ = call(["corpus", "stats", "--workspace", workspace], capsys)
    assert code == 0
    assert "3 documents" in out
    assert "2021" in out
    assert "Norsk Kraft (2)" in out


def test_init_makes_a_workspace_once(tmp_path, capsys):
    home = tmp_path / "new"
    code, out, err = call(["init", home, "--empty"], capsys)
    assert (code, out) == (0, "")
    assert (home / "corpus").is_dir()
    assert (home / "claims").is_dir()
    code, _, err = call(["init", home, "--empty"], capsys)
    assert code == 2
    assert "exists already" in err


def test_init_copies_the_shipped_library(tmp_path, capsys):
    assert call(["init", tmp_path / "full"], capsys)[0] == 0
    shipped = {p.name for p in (ROOT / "corpus").glob("*.md")}
    assert shipped <= {p.name for p in (tmp_path / "full" / "corpus").glob("*.md")}
    assert not (tmp_path / "full" / "corpus" / ".index").exists()


@pytest.mark.model
def test_a_check_prints_json_that_traces_every_claim(workspace, tmp_path, capsys):
    article = tmp_path / "valley.txt"
    article.write_bytes(
        "The Valley\r\n\r\nThe valley had 170 working windmills in 2024. "
        "“It is lovely — a 🌬 place,” she said.\r\n".encode()
    )
    code, out, _ = call([article, "--workspace", workspace, "--format", "json"], capsys)
    assert code == 0
    report = json.loads(out)
    text = article.read_bytes().decode()
    assert report["schema"] == "factcheck-report/1"
    assert report["claims"]
    for claim in report["claims"]:
        assert text[claim["source"]["start"] : claim["source"]["end"]] == claim["source"]["quote"]
    mills = next(c for c in report["claims"] if "170" in c["text"])
    assert mills["verdict"] != "supported"
    (evidence,) = [e for e in mills["evidence"] if e["doc_id"] == "mill"]
    assert evidence["quote"].startswith("The valley had 47")


@pytest.mark.model
def test_fail_on_exits_with_one_and_a_bad_one_of_a_batch_with_two(workspace, tmp_path, capsys):
    article = tmp_path / "valley.txt"
    article.write_text("The valley had 170 working windmills in 2024.\n")
    assert call([article, "--workspace", workspace, "--fail-on", "flagged", "--quiet"], capsys)[0] == 1
    code, out, err = call(
        [article, tmp_path / "none.txt", "--workspace", workspace, "--format", "jsonl", "--quiet"], capsys
    )
    assert code == 2
    assert len(out.splitlines()) == 1
    assert "none.txt" in err


class NumberChecker:
    """One refuted claim an article; "crash" in it is an error of ours, "refuse" one of the user's."""

    def check(self, article, *, claims=None, progress=None):
        if "crash" in article.text:
            raise TypeError("nothing\nhere")
        if "refuse" in article.text:
            raise BadData("refused")
        claim = Claim("c1", article.text, Place(0, 3, article.text[:3]), Kind.STATE, True, 0.9)
        verdict = Verdict(VerdictLabel.REFUTED, 0.9, Probabilities(0.0, 0.9, 0.1), "")
        run_info = RunInfo("0", "", "", "", "2024", AsOfSource.FLAG, 0.0)
        return Report(article, run_info, (CheckedClaim(claim, verdict, ()),))


@pytest.fixture
def numbers(monkeypatch):
    monkeypatch.setattr("factcheck.build.build_checker", lambda *args, **kwargs: NumberChecker())


def write_articles(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    return [folder / f"{name}.txt" for name in texts]


@pytest.mark.usefixtures("numbers")
def test_an_article_that_fails_does_not_take_the_batch_with_it(workspace, tmp_path, capsys):
    articles = write_articles(
        tmp_path, a="The mill is old.", b="The mill may crash.", c="The mill may refuse.", d="The mill is new."
    )
    code, out, err = call([*articles, "--workspace", workspace, "--format", "jsonl"], capsys)
    assert code == 2
    assert [json.loads(line)["article"]["path"] for line in out.splitlines()] == [str(articles[0]), str(articles[3])]
    assert f"factcheck: {articles[1]} was not checked: an error of ours, TypeError: nothing here\n" in err
    assert f"factcheck: {articles[2]} was not checked: refused\n" in err
    assert call([articles[1], "--workspace", workspace], capsys)[0] == 3


@pytest.mark.usefixtures("numbers")
def test_fail_on_looks_at_the_articles_of_the_earlier_run_too(workspace, tmp_path, capsys):
    articles = write_articles(tmp_path, a="The mill is old.\u2028It is the oldest.")
    out = tmp_path / "r.jsonl"
    options = ["--workspace", workspace, "--format", "jsonl", "--output", out, "--resume", "--fail-on", "refuted"]
    assert call([*articles, *options], capsys)[0] == 1
    before = out.read_bytes()
    assert call([*articles, *options], capsys)[0] == 1
    assert out.read_bytes() == before


def test_a_file_of_reports_is_read_by_bytes(tmp_path):
    line = json.dumps({"schema": "x", "article": {"sha256": "d1"}, "claims": "a\u2028b"}, ensure_ascii=False).encode()
    out = tmp_path / "r.jsonl"
    out.write_bytes(b"\xef\xbb\xbf" + line + b"\n" + '{"schema": "é'.encode()[:-1])
    assert set(read_done(out)) == {"d1"}
    assert out.read_bytes() == b"\xef\xbb\xbf" + line + b"\n"
    out.write_bytes(b"my notes")
    with pytest.raises(BadData, match="is no file of reports"):
        read_done(out)
    assert out.read_bytes() == b"my notes"


@pytest.mark.usefixtures("numbers")
def test_claims_of_another_article_are_refused(workspace, tmp_path, capsys):
    (article,) = write_articles(tmp_path, a="The mill is old.")
    claim = Claim("c7", "The dam is old.", Place(0, 16, "The dams is old."), Kind.STATE, True, 0.9)
    write_claims(str(tmp_path / "c.json"), read_article(str(article)), [claim])
    code, out, err = call([article, "--claims", tmp_path / "c.json", "--workspace", workspace], capsys)
    assert (code, out) == (2, "")
    assert "claim 'c7' quotes what" in err and len(err.splitlines()) == 1


def test_a_claims_file_with_edits_is_not_written_over(tmp_path, capsys, monkeypatch):
    (article,) = write_articles(tmp_path, a="The mill is old.")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.claims.json").write_text("edited")
    code, _, err = call(["claims", article, "--edit"], capsys)
    assert code == 2 and "a.claims.json exists" in err and len(err.splitlines()) == 1
    assert (tmp_path / "a.claims.json").read_text() == "edited"


@pytest.mark.model
def test_a_batch_goes_on_where_it_stopped(workspace, tmp_path, capsys):
    for number in range(3):
        (tmp_path / f"a{number}.txt").write_text(f"The valley had {number + 40} working windmills in 2024.\n")
    articles = [tmp_path / f"a{number}.txt" for number in range(3)]
    out = tmp_path / "reports.jsonl"
    options = ["--workspace", workspace, "--format", "jsonl", "--output", out, "--resume"]
    assert call([articles[0], *options], capsys)[0] == 0
    whole = out.read_text()
    out.write_text(whole + '{"schema": "factcheck-rep')
    code, _, err = call([*articles, *options], capsys)
    assert code == 0
    assert "1 articles are in" in err
    assert out.read_text().startswith(whole)
    assert [json.loads(line)["article"]["path"] for line in out.read_text().splitlines()] == [str(a) for a in articles]
    out.write_text("no reports\n")
    assert call([*articles, *options], capsys)[0] == 2
    assert out.read_text() == "no reports\n"
    assert call([articles[0], "--workspace", workspace, "--resume"], capsys)[0] == 2


@pytest.mark.model
def test_an_annotated_article_is_the_article_with_notes(workspace, tmp_path, capsys):
    article = tmp_path / "valley.txt"
    article.write_text("The valley had 170 working windmills in 2024.\n")
    code, out, _ = call([article, "--workspace", workspace, "--annotate", "--quiet"], capsys)
    assert code == 0
    assert out.startswith("The valley had 170 working windmills in 2024.[^1]")
    assert "[^1]:" in out


@pytest.mark.model
def test_edited_claims_are_checked_instead(workspace, tmp_path, capsys, monkeypatch):
    article = tmp_path / "valley.txt"
    article.write_text("The valley had 170 working windmills in 2024.\n")
    monkeypatch.chdir(tmp_path)
    assert call(["claims", article, "--edit"], capsys)[0] == 0
    edited = json.loads((tmp_path / "valley.claims.json").read_text())
    edited["claims"][0]["text"] = "The valley had 47 working windmills in 2024."
    (tmp_path / "valley.claims.json").write_text(json.dumps(edited))
    code, out, _ = call(
        [article, "--claims", "valley.claims.json", "--workspace", workspace, "--format", "json"], capsys
    )
    assert code == 0
    assert json.loads(out)["claims"][0]["text"] == "The valley had 47 working windmills in 2024."


@pytest.mark.model
def test_a_check_imports_neither_torch_nor_sentence_transformers(workspace):
    code = (
        "import sys\nfrom factcheck.cli.main import run\n"
        f"assert run([{str(SAMPLE)!r}, '--workspace', {str(workspace)!r}, '--quiet']) == 0\n"
        "heavy = 'torch', 'sentence_transformers', 'pandas', 'trafilatura'\n"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.strip() == "[]"


@pytest.mark.model
def test_the_shipped_library_is_used_where_there_is_no_corpus(tmp_path):
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", "from factcheck.cli import main; main()", str(SAMPLE)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=env,
        check=True,
    )
    assert "shipped library" in done.stderr
    assert not (tmp_path / "claims").exists()
    assert (tmp_path / "cache").exists()

"""``factcheck serve`` as a person starts it: the real models, a real port, and what is left after it is killed."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from factcheck.ledger import Ledger

pytestmark = pytest.mark.model

DOCUMENT = """---
title: Coastal traffic, yearly tables
publisher: Office of Coastal Statistics
published: 2024-02
---

The port of Aldmouth handled 4.1 million containers in 2023. The port of Brack handled 5.6 million containers in 2023.
"""
ARTICLE = "Harbours\n\nThe port of Aldmouth handled 4.1 million containers in 2023. Brack is the loveliest harbour."


class Server:
    """The command in a process of its own; requests carry the token it printed."""

    def __init__(self, workspace) -> None:
        start = "import sys; from factcheck.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", start, "serve", "--port", "0", "--no-browser", "--reviewer", "ada"]
        self.process = subprocess.Popen(
            [*command, "--workspace", str(workspace)],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
        self.base = self._read(r"(http://127\.0\.0\.1:\d+)/")
        self.token = self._read(r"X-Factcheck-Token: (\S+)")
        for _ in range(200):
            try:
                self.ask("/api/articles")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def _read(self, pattern):
        while line := self.process.stderr.readline():
            if found := re.search(pattern, line):
                return found[1]
        raise AssertionError("the server ended before it said its address")

    def ask(self, address, data=None, *, raw=False):
        body = data if raw else json.dumps(data).encode() if data is not None else None
        kind = "application/octet-stream" if raw else "application/json"
        headers = {"x-factcheck-token": self.token, "content-type": kind}
        request = urllib.request.Request(self.base + address, body, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def page(self, address):
        request = urllib.request.Request(self.base + address, headers={"x-factcheck-token": self.token})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()

    def check(self, text):
        return self.finish(self.ask("/api/checks", {"text": text}))["article_sha256"]

    def finish(self, job):
        end = time.monotonic() + 120
        while job["state"] not in ("done", "failed"):
            assert time.monotonic() < end, job
            time.sleep(0.1)
            job = self.ask(f"/api/checks/{job['id']}")
        assert job["state"] == "done", job
        return job


@pytest.fixture
def workspace(tmp_path):
    folder = tmp_path / "workspace"
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "traffic.md").write_text(DOCUMENT, encoding="utf-8")
    return folder


def test_a_check_a_review_a_document_and_a_kill(workspace):
    server = Server(workspace)
    try:
        sha256 = server.check(ARTICLE)
        report = server.ask(f"/api/articles/{sha256}")
        claim = next(one for one in report["claims"] if "4.1 million" in one["text"])
        assert report["article"]["text"][claim["source"]["start"] : claim["source"]["end"]] == claim["source"]["quote"]
        assert claim["evidence"][0]["doc_id"] == "traffic"
        body = {"article_sha256": sha256, "claim_id": claim["id"], "action": "accept"}
        assert server.ask("/api/reviews", body)["states"][claim["id"]]["settled"]
        added = b"---\ntitle: On gulls\n---\n\nGulls prefer the harbour of Brack to that of Aldmouth.\n"
        assert "added" in server.ask("/api/corpus?name=gulls.md", added, raw=True)["outcome"]
        hits = server.ask("/api/corpus/search", {"query": "which harbour do gulls like"})
        assert hits[0]["title"] == "On gulls"
        context = server.ask(f"/api/context?doc_id={hits[0]['doc_id']}&start={hits[0]['start']}&end={hits[0]['end']}")
        assert context["quote"] == hits[0]["text"]
    finally:
        server.process.kill()
        server.process.wait()
    with Ledger.open(workspace / "claims" / "ledger.db") as ledger:
        assert [event.reviewer for event in ledger.log()] == ["ada"]
        assert ledger.states(ledger.last_report())[claim["id"]].settled
    again = Server(workspace)
    try:
        assert again.ask(f"/api/articles/{sha256}/states")["states"][claim["id"]]["settled"]
    finally:
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(20) in (0, 130)
    assert "Traceback" not in again.process.stderr.read()


def test_a_document_that_is_added_changes_a_verdict_in_the_words_of_a_review(workspace):
    server = Server(workspace)
    try:
        sha256 = server.check("Harbours\n\nThe port of Cawsand handled many more containers than that in 2023.")
        report = server.ask(f"/api/articles/{sha256}")
        claim = report["claims"][0]
        words = "The port of Cawsand handled 9.3 million containers in 2023."
        body = {"article_sha256": sha256, "claim_id": claim["id"], "action": "edit", "text": words}
        assert "not judged in them yet" in server.ask("/api/reviews", body)["wordings"][claim["id"]]
        assert 'id="behind"' not in server.page(f"/articles/{sha256}")
        added = b"---\ntitle: Cawsand figures\npublished: 2024-03\n---\n\n" + words.encode() + b"\n"
        server.ask("/api/corpus?name=cawsand.md", added, raw=True)
        assert 'id="behind"' in server.page(f"/articles/{sha256}")
        job = server.finish(server.ask(f"/api/articles/{sha256}/recheck", {}))
        (change,) = job["changes"]
        assert (change["after"], change["claim"]) == ("supported", words)
        assert change["why"][:2] == ["judged in the words of its last review", "new: Cawsand figures"]
        again = server.ask(f"/api/articles/{sha256}")["claims"][0]
        assert (again["text"], again["reworded_from"], again["verdict"]) == (words, claim["text"], "supported")
        assert 'id="behind"' not in server.page(f"/articles/{sha256}")
    finally:
        server.process.kill()
        server.process.wait()


def test_the_folder_of_the_workspace_is_in_no_answer(workspace):
    server = Server(workspace)
    try:
        sha256 = server.check(ARTICLE)
        for address in ("/", f"/articles/{sha256}", "/corpus", "/history", "/api/corpus", f"/api/articles/{sha256}"):
            assert str(workspace.parent) not in server.page(address), address
    finally:
        server.process.kill()
        server.process.wait()
    assert Path(workspace / "claims" / "ledger.db").is_file()

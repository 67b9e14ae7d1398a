"""Small checkers and libraries for the page's tests: real implementations of its protocols, without models."""

import re
import threading
from dataclasses import replace

from sample_report import make_article, make_report

from factcheck.errors import BadDocument
from factcheck.ledger import Ledger
from factcheck.types import Document, Hit, Passage, SourceKind
from factcheck.web import Access
from factcheck.web.app import create_app
from factcheck.web.desk import Desk
from factcheck.web.workbench import ArticleReader

TOKEN = "a-token-for-the-tests"


class FixedChecker:
    """Finds the harbour claims in any text that holds them; ``verdicts`` changes a verdict by claim text."""

    def __init__(self) -> None:
        self.labels = {}
        self.gate = threading.Event()
        self.gate.set()

    def check(self, article, *, progress=None):
        if progress:
            progress("judging", 1, 2)
        self.gate.wait(20)
        claims = []
        for checked in make_report().claims:
            at = article.text.find(checked.claim.source.quote)
            if at < 0:
                continue
            source = replace(checked.claim.source, start=at, end=at + len(checked.claim.source.quote))
            claim = replace(checked.claim, source=source, also_at=())
            label = self.labels.get(claim.text, checked.verdict.label)
            claims.append(replace(checked, claim=claim, verdict=replace(checked.verdict, label=label)))
        return replace(make_report(), article=article, claims=tuple(claims))

    def extract(self, article):
        return [checked.claim for checked in self.check(article).claims]


class ListLibrary:
    """Documents in a list; search is by shared words."""

    def __init__(self, *, read_only=False) -> None:
        self.read_only = read_only
        evidence = [found for checked in make_report().claims for found in checked.evidence]
        self._documents = {found.document.id: found.document for found in evidence}

    def documents(self):
        return sorted(self._documents.values(), key=lambda document: document.title)

    def add(self, name, data, details):
        try:
            body = data.decode("utf-8")
        except UnicodeDecodeError:
            raise BadDocument(f"{name} is not a text") from None
        title = details.title or name
        document = Document(
            id=re.sub(r"\W+", "-", title.lower()),
            title=title,
            body=body,
            sha256="0" * 64,
            path=f"/home/someone/corpus/{name}",
            publisher=details.publisher,
            url=details.url,
            published=details.published,
            kind=SourceKind.PRESS,
        )
        self._documents[document.id] = document
        return f"{title}: added"

    def remove(self, doc_id):
        if self._documents.pop(doc_id, None) is None:
            raise BadDocument(f"there is no document {doc_id!r}")

    def search(self, query, *, top_k):
        words = set(query.lower().split())
        hits = []
        for document in self.documents():
            shared = len(words & set(document.body.lower().split()))
            if shared:
                passage = Passage("p", document.id, document.body, 0, len(document.body))
                hits.append(Hit(passage, document, shared / len(words), 0.0, 0.0))
        return sorted(hits, key=lambda hit: -hit.similarity)[:top_k]


def make_desk(ledger=None, **more: object):
    return Desk(
        ledger or Ledger.in_memory(),
        more.get("checker") or FixedChecker(),
        more.get("library") or ListLibrary(),
        ArticleReader(),
        reviewer="ada",
    )


def make_app(desk=None, access=None):
    return create_app(desk or make_desk(), access or Access("127.0.0.1", 8765, TOKEN))


def record(desk, report=None):
    report = report or make_report(make_article(path="/home/someone/secret-folder/harbours.txt"))
    desk.ledger.record_report(report)
    return report

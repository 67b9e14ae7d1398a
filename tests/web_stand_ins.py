"""Small checkers and libraries for the page's tests: real implementations of its protocols, without models."""

import hashlib
import re
import socket
import threading
import time
from dataclasses import replace

from sample_report import make_article, make_report
from starlette.testclient import TestClient
from test_pipeline import MODEL, NoComparer

from factcheck.corpus.folder import digest_documents
from factcheck.errors import BadDocument
from factcheck.ledger import Ledger
from factcheck.pipeline import Checker as Pipeline
from factcheck.pipeline import Provenance
from factcheck.recheck import Recheck, find_changes, recheck
from factcheck.types import Document, Hit, Passage, SourceKind, Stance
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

    def recheck(self, earlier, *, states, progress=None):
        report = self.check(earlier.article, progress=progress)
        changes = find_changes(earlier.claims, report.claims)
        return Recheck(report, len(report.claims), changes)

    def extract(self, article):
        return [checked.claim for checked in self.check(article).claims]


class QuoteVerifier:
    """A passage that holds the claim's words supports it, one that denies them refutes it."""

    name = "quotes"

    def score(self, pairs):
        return [self._judge(pair.claim.lower().rstrip("."), pair.evidence.lower()) for pair in pairs]

    def _judge(self, claim, evidence):
        if claim not in evidence:
            return Stance(0.02, 0.02, 0.96)
        return Stance(0.01, 0.98, 0.01) if "it is not true that" in evidence else Stance(0.98, 0.01, 0.01)


class LibraryRetriever:
    """The documents of a library that share three words with the query."""

    def __init__(self, library) -> None:
        self.library = library

    def retrieve(self, queries, *, top_k, dates=None):
        return [[hit for hit in self._hits(query) if hit.similarity][:top_k] for query in queries]

    def _hits(self, query):
        words = set(query.lower().split())
        for one in self.library.documents():
            shared = len(words & set(one.body.lower().split()))
            yield Hit(Passage(f"{one.id}.0", one.id, one.body, 0, len(one.body)), one, float(shared >= 3), 0.0, 0.0)


class LibraryChecker(FixedChecker):
    """The program's own pipeline and recheck on the harbour claims, judged by the words of a library's documents."""

    def __init__(self, library) -> None:
        super().__init__()
        self.library = library

    def check(self, article, *, progress=None):
        claims = [checked.claim for checked in FixedChecker.check(self, article).claims]
        return self._pipeline().check(article, claims=claims, progress=progress)

    def recheck(self, earlier, *, states, progress=None):
        return recheck(self._pipeline(), earlier, states=states, progress=progress)

    def _pipeline(self):
        return Pipeline(
            HarbourExtractor(),
            LibraryRetriever(self.library),
            QuoteVerifier(),
            NoComparer(),
            MODEL,
            provenance=Provenance("0", self.library.digest(), "words", "quotes"),
        )


class HarbourExtractor:
    """The harbour claims that an article holds."""

    def extract(self, articles):
        return [[checked.claim for checked in FixedChecker().check(article).claims] for article in articles]


class ListLibrary:
    """Documents in a list; search is by shared words."""

    def __init__(self, *, read_only=False) -> None:
        self.read_only = read_only
        evidence = [found for checked in make_report().claims for found in checked.evidence]
        self._documents = {found.document.id: found.document for found in evidence}

    def digest(self):
        if self.documents() == ListLibrary().documents():
            return make_report().run.corpus_sha256
        return digest_documents((one.id, hashlib.sha256(one.body.encode()).hexdigest()) for one in self.documents())

    def documents(self):
        return sorted(self._documents.values(), key=lambda document: document.title)

    def find(self, doc_id):
        return self._documents.get(doc_id)

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


def serve_in_thread(desk):
    """Serve a desk on a free port and return its address and a function that ends it."""
    import uvicorn

    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(desk, Access("127.0.0.1", port, TOKEN)), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)

    def end():
        server.should_exit = True
        thread.join(10)

    return f"http://127.0.0.1:{port}", end


def let_in(context, base):
    """Give a browser's context the cookie of the page at ``base``, as opening its address with the token does."""
    port = int(base.rsplit(":", 1)[1])
    context.add_cookies([{"name": Access(port=port).cookie, "value": TOKEN, "url": base}])
    return context


def make_client(app, base_url="http://127.0.0.1:8765"):
    """Return a client that has been let in."""
    return TestClient(app, base_url=base_url, cookies={Access().cookie: TOKEN})


def make_app(desk=None, access=None):
    return create_app(desk or make_desk(), access or Access("127.0.0.1", 8765, TOKEN))


def record(desk, report=None):
    report = report or make_report(make_article(path="/home/someone/secret-folder/harbours.txt"))
    desk.ledger.record_report(report)
    return report


def make_long_report(count=500):
    """A report of ``count`` claims in an article of as many sentences."""
    report = make_report()
    sentences = [f"Ship {number} carried {number * 7} containers to Aldmouth." for number in range(count)]
    text = "A long list\n\n" + "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, count, 5)) + "\n"
    claims = []
    for number, sentence in enumerate(sentences):
        model = report.claims[number % 7]
        start = text.index(sentence)
        source = replace(model.claim.source, start=start, end=start + len(sentence), quote=sentence)
        claim = replace(model.claim, id=f"c{number}", text=sentence, source=source, also_at=())
        claims.append(replace(model, claim=claim, evidence=model.evidence * 2))
    return replace(report, article=make_article(text), claims=tuple(claims))

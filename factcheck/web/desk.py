"""What the page can be asked to do, over the ledger, the checker and the library; no HTTP in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from factcheck.errors import BadArticle, BadData, FactcheckError
from factcheck.ledger import Ledger, RecordedArticle, ReviewEvent, make_event
from factcheck.report.clean import clean_line
from factcheck.report.gaps import summarise_recheck
from factcheck.review.session import order_queue
from factcheck.types import (
    Article,
    CheckedClaim,
    Claim,
    HandEvidence,
    Report,
    ReviewAction,
    ReviewState,
    VerdictLabel,
)
from factcheck.web.jobs import Done, Job, Jobs
from factcheck.web.ports import Checker, Library, Progress, Reader

ARTICLE_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with its last report and what is decided about its claims."""

    report: Report
    states: dict[str, ReviewState]

    def open_claims(self) -> list[CheckedClaim]:
        """Return the flagged claims that nobody has settled, and the settled ones that changed, the worst first."""
        return [
            checked
            for checked in order_queue(self.report.claims, self.states)
            if checked.claim.id not in self.states or not self.states[checked.claim.id].settled
        ]


class Desk:
    """One workspace, served: everything the page and the API do goes through here."""

    def __init__(self, ledger: Ledger, checker: Checker, library: Library, reader: Reader, *, reviewer: str) -> None:
        self.ledger = ledger
        self.library = library
        self.reviewer = reviewer
        self.jobs = Jobs()
        self._checker = checker
        self._reader = reader

    def articles(self) -> list[RecordedArticle]:
        """Return the checked articles, the last one first, without any path of this machine."""
        return [replace(article, path=file_name(article.path)) for article in self.ledger.articles()]

    def open(self, sha256: str) -> Opened | None:
        """Return an article's last report with its reviews; ``None`` where it was never checked."""
        report = self.ledger.latest_report(sha256)
        if report is None:
            return None
        return Opened(self._with_layout(report), self.ledger.states(report))

    def check_text(self, text: str, *, title: str | None = None, published: str | None = None) -> Job:
        """Start checking a text that was pasted.

        :raises BadArticle: when there is nothing in it to check.
        """
        article = self._reader.parse(text, title=title or None, published=published or None, path="pasted text")
        return self._start(article)

    def check_file(self, name: str, data: bytes) -> Job:
        """Start checking an uploaded file.

        :raises BadArticle: when it is not of a kind that can be read, or cannot be.
        """
        name = file_name(name)
        if PurePath(name).suffix.lower() not in ARTICLE_SUFFIXES:
            known = ", ".join(sorted(ARTICLE_SUFFIXES))
            raise BadArticle(f"{clean_line(name) or 'the file'} is none of the kinds that can be read: {known}")
        return self._start(self._reader.read(name, data))

    def recheck(self, sha256: str) -> Job:
        """Start judging again what new documents or new words can touch of an article's claims.

        :raises BadArticle: when it was never checked.
        """
        if self.ledger.latest_report(sha256) is None:
            raise BadArticle("there is no such article")

        def work(progress: Progress) -> Done:
            earlier = self.ledger.latest_report(sha256)
            assert earlier is not None
            outcome = self._checker.recheck(earlier, states=self.ledger.states(earlier), progress=progress)
            self.ledger.record_report(outcome.report)
            return Done(sha256, summarise_recheck(outcome), outcome.changes)

        return self.jobs.start(work)

    def is_behind(self, report: Report) -> bool:
        """Return whether documents were added, changed or removed since a report was made."""
        now = self._digest()
        return now is not None and now != report.run.corpus_sha256

    def articles_behind(self, *, limit: int) -> list[RecordedArticle]:
        """Return those of the last ``limit`` articles that were last checked against other documents than now."""
        now = self._digest()
        return [one for one in self.articles()[:limit] if now is not None and one.corpus_sha256 != now]

    def extract(self, text: str) -> tuple[Article, Sequence[Claim]]:
        """Return a text as an article with its claims, not judged and not recorded."""
        article = self._reader.parse(text, title=None, published=None, path="pasted text")
        return article, self.jobs.call(lambda: self._checker.extract(article))

    def review(
        self,
        sha256: str,
        claim_id: str,
        action: ReviewAction,
        *,
        reviewer: str | None = None,
        verdict: VerdictLabel | None = None,
        text: str | None = None,
        evidence: HandEvidence | None = None,
    ) -> ReviewEvent:
        """Record what a person did with a claim.

        :raises BadData: when there is no such claim or the act lacks something.
        """
        report = self.ledger.latest_report(sha256)
        checked = next((one for one in report.claims if one.claim.id == claim_id), None) if report else None
        if report is None or checked is None:
            raise BadData("there is no such claim")
        if action is ReviewAction.UNDO:
            raise BadData("an act is taken back through undo")
        return self.ledger.append(
            make_event(
                report,
                checked,
                action,
                reviewer=reviewer or self.reviewer,
                verdict=verdict,
                text=text,
                evidence=evidence,
            )
        )

    def context(self, doc_id: str, start: int, end: int, *, around: int = 400) -> tuple[str, str, str] | None:
        """Return a document's text before, in and after a stretch of its body, ``None`` where there is none."""
        document = self.library.find(doc_id)
        if document is None or not 0 <= start < end <= len(document.body):
            return None
        body = document.body
        return body[max(0, start - around) : start], body[start:end], body[end : end + around]

    def close(self) -> None:
        """End what runs and close the ledger."""
        self.jobs.close()
        self.ledger.close()

    def _digest(self) -> str | None:
        try:
            return self.library.digest()
        except (FactcheckError, OSError):
            return None  # a document that cannot be read is told of by the page of the documents

    def _start(self, article: Article) -> Job:
        def work(progress: Progress) -> Done:
            report = self._checker.check(article, progress=progress)
            states = self.ledger.states(report)
            if any(state.text for state in states.values()):
                report = self._checker.recheck(report, states=states, progress=progress).report
            self.ledger.record_report(report)
            return Done(report.article.sha256)

        return self.jobs.start(work)

    def _with_layout(self, report: Report) -> Report:
        """Give an article from the ledger its layout back, which is not recorded, and take its path away."""
        article = replace(report.article, path=file_name(report.article.path))
        try:
            parsed = self._reader.parse(
                article.text, title=article.title, published=article.published, path=article.path
            )
        except FactcheckError:
            return replace(report, article=article)
        return replace(report, article=replace(article, blocks=parsed.blocks))


def file_name(path: str) -> str:
    """Return the last part of a path of any system: no folder of this machine belongs in a page."""
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]

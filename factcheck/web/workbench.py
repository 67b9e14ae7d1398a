"""The real checker, library and reader of a workspace, made of the program's own stages."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.article import parse_article, read_article
from factcheck.corpus import list_files, read_document, remove_document
from factcheck.corpus.folder import digest_documents
from factcheck.errors import BadArticle, BadDocument, BadWorkspace
from factcheck.recheck import Recheck, recheck
from factcheck.types import Article, Claim, Document, Hit, Report, ReviewState
from factcheck.web.desk import file_name
from factcheck.web.ports import Progress, SourceDetails
from factcheck.workspace import Workspace

if TYPE_CHECKING:
    from factcheck.build import Settings
    from factcheck.pipeline import Checker as Pipeline


class Workbench:
    """Builds the pipeline when it is first needed and again when the documents have changed.

    Not for several threads: the desk calls it from the thread of its jobs alone.
    """

    def __init__(self, settings: Settings, workspace: Workspace) -> None:
        self._settings = settings
        self._workspace = workspace
        self._pipeline: Pipeline | None = None
        self._seen: tuple[tuple[str, int, int], ...] = ()

    def check(self, article: Article, *, progress: Progress | None = None) -> Report:
        """Return the report on an article, against the documents as they are now."""
        return self._ready(progress).check(article, progress=progress)

    def recheck(
        self, earlier: Report, *, states: Mapping[str, ReviewState], progress: Progress | None = None
    ) -> Recheck:
        """Judge again what new documents or a reviewer's new words can touch."""
        return recheck(self._ready(progress), earlier, states=states, progress=progress)

    def extract(self, article: Article) -> Sequence[Claim]:
        """Return the claims of an article."""
        return self._ready(None).extractor.extract([article])[0]

    def search(self, query: str, *, top_k: int) -> Sequence[Hit]:
        """Return the passages nearest to a query."""
        return self._ready(None).retriever.retrieve([query], top_k=top_k)[0]

    def _ready(self, progress: Progress | None) -> Pipeline:
        from factcheck.build import build_checker

        seen = _fingerprint(self._workspace.corpus)
        if self._pipeline is None or seen != self._seen:

            def tell(done: int, total: int) -> None:
                if progress is not None:
                    progress("indexing", done, total)

            self._pipeline = build_checker(self._settings, workspace=self._workspace, progress=tell)
            self._seen = seen
        return self._pipeline


class WorkspaceLibrary:
    """The documents in a workspace's folder."""

    def __init__(self, workspace: Workspace, workbench: Workbench) -> None:
        self._workspace = workspace
        self._workbench = workbench
        self._digest: tuple[tuple[tuple[str, int, int], ...], str] | None = None

    @property
    def read_only(self) -> bool:
        """Whether this is the shipped library, which is not written to."""
        return self._workspace.is_shipped

    def digest(self) -> str:
        """Return the digest of the documents as they are now; read again only when a file has changed."""
        seen = _fingerprint(self._workspace.corpus)
        if self._digest is None or self._digest[0] != seen:
            files = list_files(self._workspace.corpus)
            digests = [(file.doc_id, hashlib.sha256(file.path.read_bytes()).hexdigest()) for file in files]
            self._digest = seen, digest_documents(digests)
        return self._digest[1]

    def documents(self) -> Sequence[Document]:
        """Return every document, by title.

        :raises BadDocument: when one cannot be read.
        """
        documents = [read_document(file.path, doc_id=file.doc_id) for file in list_files(self._workspace.corpus)]
        return sorted(documents, key=lambda document: (document.title.casefold(), document.id))

    def find(self, doc_id: str) -> Document | None:
        """Return one document, ``None`` where there is none of that id."""
        for file in list_files(self._workspace.corpus):
            if file.doc_id == doc_id:
                return read_document(file.path, doc_id=doc_id)
        return None

    def add(self, name: str, data: bytes, details: SourceDetails) -> str:
        """Take in a file of that name and return in words what became of it.

        :raises BadDocument: when it cannot be read.
        :raises BadWorkspace: when the library cannot be written.
        """
        from factcheck.ingest import Details, add_paths

        self._refuse_shipped()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / (file_name(name).lstrip(".") or "document.txt")
            path.write_bytes(data)
            summary = add_paths(
                [str(path)],
                self._workspace.corpus,
                details=Details(
                    title=details.title,
                    publisher=details.publisher,
                    url=details.url,
                    published=details.published,
                    as_of=None,
                    kind=None,
                    licence=None,
                ),
            )
            lines = "; ".join(line.replace(folder + "/", "") for line in summary.lines())
        if summary.refused:
            raise BadDocument(lines)
        return lines

    def remove(self, doc_id: str) -> None:
        """Delete a document.

        :raises BadDocument: when there is none of that id.
        """
        self._refuse_shipped()
        if all(file.doc_id != doc_id for file in list_files(self._workspace.corpus)):
            raise BadDocument(f"there is no document {doc_id!r}")
        remove_document(self._workspace.corpus, doc_id)

    def search(self, query: str, *, top_k: int) -> Sequence[Hit]:
        """Return the passages nearest to a query."""
        return self._workbench.search(query, top_k=top_k)

    def _refuse_shipped(self) -> None:
        if self._workspace.is_shipped:
            raise BadWorkspace("the shipped library is not written to; `factcheck init` makes your own")


class ArticleReader:
    """Reads uploads and pasted texts through :mod:`factcheck.article`."""

    def read(self, name: str, data: bytes) -> Article:
        """Return the article in an uploaded file, with the file's name for a path.

        :raises BadArticle: when it cannot be read.
        """
        name = file_name(name)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"upload{Path(name).suffix.lower()}"
            path.write_bytes(data)
            try:
                article = read_article(str(path), force=True)
            except BadArticle as error:
                raise BadArticle(str(error).replace(str(path), name)) from error
        title = article.title if article.title != str(path) else name
        return replace(article, path=name, title=title, embeds_text=True)

    def parse(self, text: str, *, title: str | None, published: str | None, path: str) -> Article:
        """Return the article that a text is."""
        return parse_article(text, path=path, title=title, published=published, embeds_text=True, force=True)


def _fingerprint(corpus: Path) -> tuple[tuple[str, int, int], ...]:
    """Return names, sizes and times of the documents, which change when one of them does."""
    found = []
    for file in list_files(corpus):
        stat = file.path.stat()
        found.append((file.doc_id, stat.st_size, stat.st_mtime_ns))
    return tuple(found)

"""``factcheck add``, ``index`` and ``corpus``: the user's reference documents."""

from __future__ import annotations

from typing import Annotated

import typer

from factcheck.cli.options import EncoderName, Output, Quiet, WorkspaceFolder, check_date
from factcheck.cli.output import note, show_progress, terminal_width, wants_colour, write_text
from factcheck.types import SourceKind

corpus_app = typer.Typer(help="List, show, search and remove reference documents.", no_args_is_help=True)


def add_command(
    sources: Annotated[list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, folders or addresses.")],
    workspace: WorkspaceFolder = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title (default: the file's own).")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where the document can be read.")] = None,
    published: Annotated[str | None, typer.Option("--published", "--date", help="2024, 2024-11 or 2024-11-18.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The date that the document is about.")] = None,
    kind: Annotated[
        SourceKind | None, typer.Option("--kind", help="What sort of source it is; it weighs in verdicts.")
    ] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="The licence it is under.")] = None,
    include: Annotated[list[str] | None, typer.Option("--include", help="Of a folder, only names like *.pdf.")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="Of a folder, no names like draft*.")] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch from private addresses too.")] = False,
    encoder: EncoderName = "default",
    quiet: Quiet = False,
) -> None:
    """Add reference documents and bring the index up to date."""
    from factcheck.build import build_encoder, open_index
    from factcheck.ingest import Details, Outcome, add_paths
    from factcheck.workspace import find_workspace, writable

    home = writable(find_workspace(workspace))
    details = Details(
        title=title,
        publisher=publisher,
        url=url,
        published=check_date(published, "--published"),
        as_of=check_date(as_of),
        kind=kind,
        licence=licence,
    )
    with show_progress(quiet=quiet) as tell:
        summary = add_paths(
            sources,
            home.corpus,
            details=details,
            include=include or [],
            exclude=exclude or [],
            allow_private=allow_private,
            progress=lambda done, total: tell("reading", done, total),
        )
        index = open_index(home, build_encoder(encoder), progress=lambda done, total: tell("indexing", done, total))
    for line in summary.lines():
        note(line, quiet=quiet and not summary.refused)
    for item in summary.items:
        if item.doc_id is not None and item.outcome in (Outcome.ADDED, Outcome.UPDATED):
            for other, share in index.find_copies(item.doc_id)[:3]:
                note(f"{item.doc_id}: {share:.0%} of it stands in {other} in the same words; both count as one source")
    if summary.refused:
        raise typer.Exit(2)


def index_command(
    workspace: WorkspaceFolder = None,
    check: Annotated[bool, typer.Option("--check", help="Verify the index and repair what is wrong.")] = False,
    encoder: EncoderName = "default",
    quiet: Quiet = False,
) -> None:
    """Build the index, or bring it up to date; with --check verify and repair it."""
    from factcheck.build import build_encoder, open_index
    from factcheck.errors import IndexStale
    from factcheck.index.hybrid import Index, check_index
    from factcheck.workspace import find_workspace

    home = find_workspace(workspace)
    coder = build_encoder(encoder)
    with show_progress(quiet=quiet) as tell:

        def tell_index(done: int, total: int) -> None:
            tell("indexing", done, total)

        if not check:
            try:
                index = open_index(home, coder, progress=tell_index)
            except IndexStale as error:
                note(f"{str(error).split(';')[0]}; it is built again", quiet=quiet)
                index = Index.rebuild(home.corpus, home.index, coder, progress=tell_index)
            note(f"{index.passage_count} passages are indexed", quiet=quiet)
            return
        problems = check_index(home.corpus, home.index, coder)
        if problems:
            Index.rebuild(home.corpus, home.index, coder, progress=tell_index)
    for problem in problems:
        note(problem)
    note("the index was built again and is sound" if problems else "the index is sound", quiet=quiet)


@corpus_app.command("list")
def list_command(workspace: WorkspaceFolder = None, output: Output = None) -> None:
    """List the documents with their dates and kinds."""
    from factcheck.corpus import read_corpus
    from factcheck.report.corpus import render_documents
    from factcheck.workspace import find_workspace

    corpus = read_corpus(find_workspace(workspace).corpus)
    shown = render_documents(corpus.documents, corpus.passages, width=terminal_width(), colour=wants_colour(output))
    write_text(shown, output)


@corpus_app.command("stats")
def stats_command(workspace: WorkspaceFolder = None, output: Output = None) -> None:
    """Tell what the corpus can and cannot speak about: kinds of source, years, names."""
    from factcheck.corpus import read_corpus
    from factcheck.report.corpus import render_stats
    from factcheck.workspace import find_workspace

    corpus = read_corpus(find_workspace(workspace).corpus)
    write_text(render_stats(corpus.documents, corpus.passages), output)


@corpus_app.command("show")
def show_command(
    doc_id: Annotated[str, typer.Argument(help="As `corpus list` shows it.")],
    workspace: WorkspaceFolder = None,
    output: Output = None,
) -> None:
    """Show one document with its passages."""
    from factcheck.corpus import read_corpus
    from factcheck.errors import BadDocument
    from factcheck.report.corpus import render_document
    from factcheck.workspace import find_workspace

    corpus = read_corpus(find_workspace(workspace).corpus)
    for document in corpus.documents:
        if document.id == doc_id:
            passages = [p for p in corpus.passages if p.doc_id == doc_id]
            shown = render_document(document, passages, width=terminal_width(), colour=wants_colour(output))
            write_text(shown, output)
            return
    raise BadDocument(f"there is no document {doc_id!r}; `factcheck corpus list` shows the ids")


@corpus_app.command("search")
def search_command(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    workspace: WorkspaceFolder = None,
    top_k: Annotated[int, typer.Option("--top-k", min=1, max=100, help="How many to show.")] = 10,
    encoder: EncoderName = "default",
    quiet: Quiet = False,
) -> None:
    """Show the passages nearest to a query."""
    from factcheck.build import build_encoder, open_index
    from factcheck.report.corpus import render_hits
    from factcheck.workspace import find_workspace

    with show_progress(quiet=quiet) as tell:
        index = open_index(
            find_workspace(workspace),
            build_encoder(encoder),
            progress=lambda done, total: tell("indexing", done, total),
        )
    (hits,) = index.retrieve([query], top_k=top_k)
    write_text(render_hits(hits, width=terminal_width(), colour=wants_colour(None)), None)


@corpus_app.command("remove")
def remove_command(
    doc_ids: Annotated[list[str], typer.Argument(help="As `corpus list` shows them.")],
    workspace: WorkspaceFolder = None,
    quiet: Quiet = False,
) -> None:
    """Remove documents; the index follows at the next run."""
    from factcheck.corpus import list_files, remove_document
    from factcheck.errors import BadDocument
    from factcheck.workspace import find_workspace, writable

    home = writable(find_workspace(workspace))
    known = {file.doc_id for file in list_files(home.corpus)}
    missing = [doc_id for doc_id in doc_ids if doc_id not in known]
    if missing:
        raise BadDocument(
            f"there is no document {missing[0]!r}; nothing was removed, `factcheck corpus list` shows the ids"
        )
    for doc_id in dict.fromkeys(doc_ids):
        note(f"removed {remove_document(home.corpus, doc_id)}", quiet=quiet)

"""``factcheck evaluate``: every stage has a number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from factcheck.cli.options import EncoderName, VerifierName, WorkspaceFolder
from factcheck.cli.output import write_text
from factcheck.types import Claim

evaluate_app = typer.Typer(help="Measure on labelled data.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Predictions = Annotated[Path | None, typer.Option("--predictions", help="Write one row a case to this file.")]
CorpusFile = Annotated[Path, typer.Option("--corpus", help="JSONL: doc_id, title, text.")]
ClaimsFile = Annotated[Path, typer.Option("--claims", help="JSONL: id, claim, gold (and label).")]


@evaluate_app.command("verify")
def verify_command(
    files: Annotated[list[Path], typer.Argument(help="JSONL: evidence, claim, label.")],
    verifier: VerifierName = "default",
    findings: Annotated[
        bool, typer.Option("--findings/--no-findings", help="Let number and date findings move the judge.")
    ] = True,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Also what trivial judges give: majority, overlap, cosine.")
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="The first rows of each file only.")] = None,
    metamorphic: Annotated[
        bool, typer.Option("--metamorphic", help="Edit supported claims and see whether support falls.")
    ] = False,
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw reliability and risk-coverage to this PNG.")] = None,
    as_json: AsJson = False,
    predictions: Predictions = None,
) -> None:
    """Measure the judge on pairs; several files are also pooled."""
    from factcheck.build import build_encoder, build_verifier
    from factcheck.evaluate.verify import evaluate_files, read_pairs
    from factcheck.quantities import ParsedComparer

    comparer = ParsedComparer.load() if findings else None
    if metamorphic:
        from factcheck.evaluate.metamorphic import evaluate_edits
        from factcheck.language import load_pipeline

        pairs = [pair for file in files for pair in read_pairs(file)[:limit]]
        edits = evaluate_edits(pairs, build_verifier(verifier), load_pipeline(), comparer=comparer)
        write_scores("metamorphic", {name: score.to_dict() for name, score in edits.items()}, as_json=as_json)
        return
    outcome = evaluate_files(
        files,
        build_verifier(verifier),
        comparer=comparer,
        limit=limit,
        baselines=baselines,
        encoder=build_encoder() if baselines else None,
    )
    write_rows(outcome.predictions, predictions)
    if plot is not None:
        from factcheck.evaluate.plots import draw_calibration
        from factcheck.evaluate.verify import confidences

        draw_calibration(*confidences(outcome.predictions), plot)
    if as_json:
        write_text(json.dumps(outcome.to_dict(), indent=1), None)
        return
    for name, scores in outcome.named():
        write_text(show(name, scores), None)


@evaluate_app.command("retrieve")
def retrieve_command(
    corpus: CorpusFile,
    claims: ClaimsFile,
    mode: Annotated[str, typer.Option("--mode", help="dense, sparse or hybrid.")] = "hybrid",
    encoder: EncoderName = "default",
    as_json: AsJson = False,
    predictions: Predictions = None,
) -> None:
    """Measure retrieval: recall, MRR and nDCG of the gold documents."""
    from factcheck.build import build_encoder
    from factcheck.evaluate.retrieve import RetrieveMode, evaluate_retrieve
    from factcheck.evaluate.verify import read_rows

    if mode not in set(RetrieveMode):
        raise typer.BadParameter(f"{mode!r} is none of dense, sparse, hybrid", param_hint="--mode")
    scores = evaluate_retrieve(
        read_rows(corpus, ("doc_id", "title", "text")),
        read_rows(claims, ("id", "claim", "gold")),
        build_encoder(encoder),
        RetrieveMode(mode),
    )
    write_rows(scores.predictions, predictions)
    write_scores(mode, scores.to_dict(), as_json=as_json)


@evaluate_app.command("check")
def check_command(
    corpus: CorpusFile,
    claims: ClaimsFile,
    encoder: EncoderName = "default",
    verifier: VerifierName = "default",
    as_json: AsJson = False,
    predictions: Predictions = None,
) -> None:
    """Measure the whole path from a claim to its verdict."""
    from factcheck.evaluate.check import evaluate_check
    from factcheck.evaluate.verify import read_rows

    scores = evaluate_check(
        read_rows(corpus, ("doc_id", "title", "text")),
        read_rows(claims, ("id", "claim", "label")),
        encoder=encoder,
        verifier=verifier,
    )
    write_rows(scores.predictions, predictions)
    write_scores("check", scores.to_dict(), as_json=as_json)


@evaluate_app.command("extract")
def extract_command(
    file: Annotated[Path, typer.Argument(help="JSONL: text, and sentences or claims.")],
    as_json: AsJson = False,
    predictions: Predictions = None,
) -> None:
    """Measure claim extraction against gold claims."""
    import time

    from factcheck.build import build_extractor
    from factcheck.evaluate.extract import extract_rows, score_extract
    from factcheck.evaluate.verify import read_rows
    from factcheck.language import load_pipeline

    rows = read_rows(file, ("text",))
    extractor = build_extractor()
    begun = time.perf_counter()
    extracted = extract_rows(rows, extractor)
    scores = score_extract(rows, extracted, elapsed_s=time.perf_counter() - begun, pipeline=load_pipeline())
    write_rows(
        (row | {"predicted": [claim_row(c) for c in claims]} for row, (_, claims) in zip(rows, extracted, strict=True)),
        predictions,
    )
    write_scores(file.stem, scores.to_dict(), as_json=as_json)


def claim_row(claim: Claim) -> dict[str, Any]:
    """Return an extracted claim in the form that gold claims have."""
    return {
        "sentence": claim.source.quote,
        "claim": claim.text,
        "checkable": claim.checkable,
        "kind": claim.kind.value,
        "check_worthiness": claim.check_worthiness,
    }


@evaluate_app.command("reviews")
def reviews_command(workspace: WorkspaceFolder = None, as_json: AsJson = False) -> None:
    """Tell how often the tool agreed with the people who reviewed it."""
    from factcheck.errors import BadLedger
    from factcheck.evaluate.reviews import describe_reviews, measure_reviews
    from factcheck.ledger import Ledger
    from factcheck.workspace import find_workspace

    home = find_workspace(workspace)
    if home.ledger is None or not home.ledger.is_file():
        raise BadLedger("there is no ledger here yet; check an article in a workspace and review it first")
    with Ledger.open(home.ledger, read_only=True) as ledger:
        scores = measure_reviews(ledger)
    write_text(json.dumps(scores.to_dict(), indent=1) if as_json else describe_reviews(scores), None)


def write_scores(name: str, scores: Mapping[str, Any], *, as_json: bool) -> None:
    """Print scores as JSON or as lines for a reader."""
    write_text(json.dumps(scores, indent=1) if as_json else show(name, scores), None)


def show(name: str, scores: Mapping[str, Any]) -> str:
    """Return scores as aligned lines under a name; nested ones are indented."""
    return "\n".join([name, *_lines(scores, "  ")]) + "\n"


def _lines(scores: Mapping[str, Any], indent: str) -> Iterable[str]:
    for key, value in scores.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}"
            yield from _lines(value, indent + "  ")
        else:
            text = f"{value:.4f}" if isinstance(value, float) else str(value)
            yield f"{indent}{key:<28} {text}"


def write_rows(rows: Iterable[Mapping[str, Any]], path: Path | None) -> None:
    """Write one JSON object a line to ``path``, or nothing without one."""
    if path is not None:
        write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), path)

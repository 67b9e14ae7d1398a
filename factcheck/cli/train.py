"""``factcheck train``: make the models that ship."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Annotated

import typer

from factcheck.cli.output import note, show_progress

EXPORT_SAMPLES = 96

train_app = typer.Typer(help="Make the models that ship.", no_args_is_help=True)


@train_app.command("verifier")
def train_verifier(
    data: Annotated[list[Path], typer.Argument(help="JSONL files of pairs, or folders of them.", exists=True)],
    base: Annotated[
        Path,
        typer.Option("--base", help="A checkpoint, or a judge's folder, to start from.", exists=True),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the finished judge goes.")] = Path(
        "models/verifier"
    ),
    checkpoints: Annotated[Path, typer.Option("--checkpoints", help="Where to save and resume.")] = Path(".train"),
    dev: Annotated[list[Path] | None, typer.Option("--dev", help="JSONL files to measure on; may be repeated.")] = None,
    pairs: Annotated[int, typer.Option("--pairs", min=1, help="Pairs to see in all.")] = 60_000,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="Stop after this long; call again to go on.")
    ] = None,
    rate: Annotated[float, typer.Option("--learning-rate")] = 5e-5,
    frozen: Annotated[int, typer.Option("--frozen-layers", min=0, help="Lowest layers to leave as they are.")] = 3,
    teacher: Annotated[
        Path | None,
        typer.Option("--teacher", help="The folder of a judge to learn from; pairs need no label then.", exists=True),
    ] = None,
    seed: Annotated[int, typer.Option("--seed")] = 7,
    name: Annotated[str, typer.Option("--name", help="The judge's name in reports.")] = "factcheck-judge",
    origin: Annotated[str | None, typer.Option("--origin", help="What the checkpoint is, for the card.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q")] = False,
) -> None:
    """Fine-tune a judge on labelled pairs and export it as int8 ONNX; resumes from its checkpoints."""
    from factcheck.train.mixture import Mixture, digest_files
    from factcheck.train.verifier import Recipe, Trainer, write_model
    from factcheck.verify import OnnxVerifier

    mixture = Mixture.read(data, unlabelled=teacher is not None)
    recipe = Recipe(pairs=pairs, learning_rate=rate, seed=seed, frozen_layers=frozen)
    trainer = Trainer(base, checkpoints, recipe, digest_files(data))
    with show_progress(quiet=quiet) as tell:
        finished = trainer.run(
            mixture,
            teacher=OnnxVerifier.load(teacher).probabilities if teacher is not None else None,
            budget_s=None if minutes is None else minutes * 60,
            progress=lambda seen, total, loss: tell(f"training, loss {loss:.3f}", seen, total),
        )
    if not finished:
        note(f"stopped after {trainer.seen} of {pairs} pairs; run the same command again to go on")
        return
    card = write_model(
        trainer,
        output,
        name=name,
        base=origin or base.name,
        data=data,
        dev=dev or [],
        samples=mixture.draw(EXPORT_SAMPLES, Random(seed)),
    )
    note(f"wrote {output}: {trainer.seen} pairs seen, digest {card['sha256'][:12]}")
    for stem, figures in card["dev"].items():
        note(f"  {stem}: accuracy {figures['accuracy']:.3f}, macro F1 {figures['macro_f1']:.3f} of {figures['n']}")


@train_app.command("tempering")
def train_tempering(
    dev: Annotated[
        list[Path], typer.Argument(help="JSONL files of pairs that the judge was not trained on.", exists=True)
    ],
    folder: Annotated[Path, typer.Option("--verifier", help="The judge's folder.")] = Path("models/verifier"),
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows to take of each file at most.")] = 400,
) -> None:
    """Fit the judge's temperature and bias on half of the rows, and show the calibration error on the other half."""
    from factcheck.train.tempering import fit_judge

    fitted = fit_judge(dev, folder, limit=limit)
    note(f"temperature {fitted.temperature:.2f}, bias {', '.join(f'{b:+.2f}' for b in fitted.bias)}")
    note(f"calibration error on the other half: {fitted.ece_before:.4f} before, {fitted.ece_after:.4f} after")
    note(f"accuracy on the other half: {fitted.accuracy_before:.4f} before, {fitted.accuracy_after:.4f} after")


@train_app.command("cascade")
def train_cascade(
    dev: Annotated[list[Path], typer.Argument(help="JSONL files of pairs that no judge was trained on.", exists=True)],
    small: Annotated[Path, typer.Option("--small", help="The small judge's folder.")] = Path("models/verifier_small"),
    large: Annotated[Path, typer.Option("--large", help="The large judge's folder.")] = Path("models/verifier"),
    lost: Annotated[
        float, typer.Option("--lost", min=0, max=1, help="Share of decided pairs that may be set aside.")
    ] = 0.02,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Claims to take at most.")] = 800,
) -> None:
    """Fit from where on the small judge is believed that a passage decides nothing."""
    from factcheck.build import build_encoder
    from factcheck.cascade import write_cut
    from factcheck.train.cascade import fit_cascade

    cut = fit_cascade(dev, small, large, build_encoder(), lost_at_most=lost, limit=limit)
    write_cut(cut, small, [p.name for p in dev])
    note(f"set aside above {cut.neutral_above:.3f}: {cut.set_aside:.1%} of all, {cut.lost:.1%} of the decided pairs")


@train_app.command("decision")
def train_decision(
    cases: Annotated[Path, typer.Argument(help="JSONL: claim, claim_date, evidence, verdict.", exists=True)] = Path(
        "claims/gold/cases.jsonl"
    ),
    pairs: Annotated[
        list[Path] | None,
        typer.Option("--pairs", help="JSONL of held-out pairs to make more cases of; may be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Cases to make of pairs at most.")] = 500,
    output: Annotated[Path, typer.Option("--output", "-o")] = Path("models/calibration.json"),
) -> None:
    """Fit the decision model on cases of several dated sources, and show its out-of-fold figures."""
    from factcheck.build import build_encoder, build_extractor, build_verifier
    from factcheck.evaluate.cases import find_cases, read_cases
    from factcheck.quantities import ParsedComparer
    from factcheck.train.decision import fit_decision, write_decision

    parts = build_extractor(), build_encoder(), build_verifier(), ParsedComparer.load()
    written = read_cases(cases, *parts)
    made = find_cases(pairs, limit, *parts) if pairs else []
    model, scores = fit_decision(written + made)
    write_decision(model, scores, output)
    note(f"wrote {output}, fitted on {len(written)} written and {len(made)} retrieved cases; out of fold, 5 parts:")
    for name, part in scores.items():
        note(f"  {name}: {part.n} cases, accuracy {part.accuracy:.3f}, macro F1 {part.macro_f1:.3f}")
        note(f"    calibration error {part.ece:.3f}, refuted called supported {part.refuted_called_supported:.3f}")

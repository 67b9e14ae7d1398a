"""A report built from literals, as the pipeline would make it, and one full of attacks. All text is our own."""

import hashlib
from datetime import date
from decimal import Decimal

from factcheck.types import (
    UNCHECKABLE_KINDS,
    Article,
    AsOfSource,
    Block,
    BlockKind,
    Bound,
    CheckedClaim,
    Claim,
    Document,
    Evidence,
    Finding,
    FindingKind,
    Flag,
    Kind,
    Passage,
    Place,
    Probabilities,
    Quantity,
    Relation,
    Report,
    RunInfo,
    SourceKind,
    Span,
    Stance,
    TimeScope,
    Verdict,
    VerdictLabel,
)

TEXT = """Harbour towns and their cranes

Aldmouth moved 4.1 million containers in 2023. The port of Aldmouth is “the busiest on the coast”, ahead of Brack.

Brack opened a second terminal in March 2021, and it still runs nine cranes today. Nobody knows why gulls prefer Brack.
It is the loveliest harbour anywhere. By 2040 every crane will be driverless.
"""


def claim_id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def place(text: str, quote: str, section: str = "") -> Place:
    start = text.index(quote)
    return Place(start, start + len(quote), quote, section)


def make_article(text: str = TEXT, *, title: str | None = None, path: str = "harbours.txt") -> Article:
    blocks = []
    at = 0
    for number, piece in enumerate(text.split("\n\n")):
        start = text.index(piece, at)
        at = start + len(piece)
        kind = BlockKind.TITLE if number == 0 else BlockKind.PARAGRAPH
        stripped = piece.rstrip("\n")
        blocks.append(Block(kind, Span(start, start + len(stripped), stripped)))
    return Article(
        text=text,
        title=title if title is not None else text.split("\n", 1)[0],
        path=path,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        published="2025-05",
        blocks=tuple(blocks),
    )


def make_claim(article_text: str, text: str, quote: str, kind: Kind, **more: object) -> Claim:
    fields = {"check_worthiness": 0.8, "checkable": kind not in UNCHECKABLE_KINDS} | more
    return Claim(id=claim_id(text), text=text, source=place(article_text, quote, "Harbours"), kind=kind, **fields)


def make_document(doc_id: str, body: str, **more: object) -> Document:
    return Document(
        id=doc_id, title=more.pop("title", doc_id), body=body, sha256="d" * 64, path=f"corpus/{doc_id}.md", **more
    )


def make_evidence(document: Document, quote: str, supports: float, refutes: float, **more: object) -> Evidence:
    start = document.body.index(quote)
    passage = Passage(
        id=claim_id(document.id + quote),
        doc_id=document.id,
        text=quote,
        start=start,
        end=start + len(quote),
        as_of=more.pop("as_of", None),
    )
    stance = Stance(supports, refutes, 1.0 - supports - refutes)
    return Evidence(passage, document, quote, start, start + len(quote), stance, more.pop("similarity", 0.71), **more)


def make_verdict(label: VerdictLabel, confidence: float, reason: str, *flags: Flag, flagged: bool) -> Verdict:
    rest = (1.0 - confidence) / 2
    chances = {
        VerdictLabel.SUPPORTED: Probabilities(confidence, rest, rest),
        VerdictLabel.REFUTED: Probabilities(rest, confidence, rest),
    }.get(label, Probabilities(rest, rest, confidence))
    return Verdict(label, confidence, chances, reason, tuple(flags), flagged)


STATISTICS = make_document(
    "coast-statistics-2024",
    "Aldmouth handled 4.1 million containers in 2023. Brack handled 5.6 million in the same year.",
    title="Coastal traffic, yearly tables",
    publisher="Office of Coastal Statistics",
    url="https://statistics.example/tables?year=2024&sort=port",
    published="2024-02-11",
    as_of="2023",
    kind=SourceKind.OFFICIAL,
)
YEARBOOK = make_document(
    "harbour-yearbook",
    "Brack opened its second terminal in March 2021.\n\nIn 2021 the terminal at Brack ran nine cranes.",
    title="Harbour yearbook",
    publisher="Harbour Press",
    published="2021-12",
    kind=SourceKind.PRESS,
)
NOTICE = make_document(
    "brack-notice",
    "Since the storm of January 2025 the second terminal runs six cranes.",
    title="Notice to shipping 14",
    publisher="Port of Brack",
    url="https://brack.example/notices/14",
    published="2025-02-03",
)


def make_report(article: Article | None = None) -> Report:
    """Seven claims: every verdict, two flagged for their own reason each, and one that is outdated with two sources."""
    article = article or make_article()
    text = article.text
    quantity = Quantity(Decimal(4100000), "count", Bound.EXACT, "containers", 15, 26)
    moved = CheckedClaim(
        make_claim(
            text,
            "Aldmouth moved 4.1 million containers in 2023.",
            "Aldmouth moved 4.1 million containers in 2023.",
            Kind.QUANTITY,
            quantities=(quantity,),
            time=TimeScope(date(2023, 1, 1), date(2023, 12, 31), "in 2023"),
        ),
        make_verdict(VerdictLabel.SUPPORTED, 0.94, "The yearly tables give the same figure.", flagged=False),
        (
            make_evidence(
                STATISTICS,
                "Aldmouth handled 4.1 million containers in 2023.",
                0.95,
                0.02,
                findings=(
                    Finding(
                        FindingKind.NUMBER,
                        Relation.MATCH,
                        "4.1 million containers",
                        "4.1 million containers",
                        "4.1 million = 4.1 million containers",
                    ),
                ),
            ),
        ),
    )
    busiest = CheckedClaim(
        make_claim(
            text,
            "The port of Aldmouth is the busiest on the coast.",
            "The port of Aldmouth is “the busiest on the coast”",
            Kind.RANK,
            attribution="Aldmouth Tourist Board",
        ),
        make_verdict(
            VerdictLabel.REFUTED,
            0.88,
            "Brack handled more: 5.6 million against 4.1 million.",
            Flag.ENTITY_MISMATCH,
            Flag.SINGLE_SOURCE,
            flagged=True,
        ),
        (
            make_evidence(
                STATISTICS,
                "Brack handled 5.6 million in the same year.",
                0.03,
                0.91,
                findings=(
                    Finding(
                        FindingKind.RANK,
                        Relation.CONFLICT,
                        "busiest on the coast",
                        "5.6 million",
                        "Brack 5.6 million > Aldmouth 4.1 million",
                    ),
                ),
            ),
        ),
    )
    opened = CheckedClaim(
        make_claim(
            text,
            "Brack opened a second terminal in March 2021.",
            "Brack opened a second terminal in March 2021",
            Kind.DATE,
        ),
        make_verdict(
            VerdictLabel.SUPPORTED,
            0.55,
            "The yearbook gives the same month.",
            Flag.LOW_CONFIDENCE,
            flagged=True,
        ),
        (make_evidence(YEARBOOK, "Brack opened its second terminal in March 2021.", 0.6, 0.1),),
    )
    cranes = CheckedClaim(
        make_claim(text, "Brack's second terminal runs nine cranes.", "it still runs nine cranes today", Kind.QUANTITY),
        make_verdict(
            VerdictLabel.REFUTED,
            0.81,
            "True in 2021; a notice of 2025 gives six.",
            Flag.NUMBER_MISMATCH,
            Flag.OUTDATED,
            flagged=True,
        ),
        (
            make_evidence(
                NOTICE,
                "Since the storm of January 2025 the second terminal runs six cranes.",
                0.05,
                0.9,
                as_of="2025-01",
                findings=(
                    Finding(FindingKind.NUMBER, Relation.CONFLICT, "nine cranes", "six cranes", "9 cranes ≠ 6 cranes"),
                ),
            ),
            make_evidence(YEARBOOK, "In 2021 the terminal at Brack ran nine cranes.", 0.85, 0.05, as_of="2021"),
        ),
    )
    gulls = CheckedClaim(
        make_claim(
            text,
            "Gulls prefer Brack.",
            "gulls prefer Brack",
            Kind.STATE,
            check_worthiness=0.3,
            also_at=(place(text, "Nobody knows why gulls prefer Brack."),),
        ),
        make_verdict(VerdictLabel.NOT_ENOUGH_INFO, 0.7, "No passage speaks of gulls.", flagged=False),
    )
    loveliest = CheckedClaim(
        make_claim(
            text,
            "Brack is the loveliest harbour anywhere.",
            "It is the loveliest harbour anywhere.",
            Kind.OPINION,
            check_worthiness=0.1,
        ),
        make_verdict(VerdictLabel.NOT_CHECKABLE, 0.9, "An opinion: no document can settle it.", flagged=False),
    )
    driverless = CheckedClaim(
        make_claim(
            text,
            "Brack is ahead of Aldmouth in containers.",
            "ahead of Brack",
            Kind.COMPARISON,
        ),
        make_verdict(VerdictLabel.CONFLICTING, 0.5, "Two sources disagree.", Flag.LOW_CONFIDENCE, flagged=True),
        (
            make_evidence(STATISTICS, "Brack handled 5.6 million in the same year.", 0.8, 0.1),
            make_evidence(YEARBOOK, "In 2021 the terminal at Brack ran nine cranes.", 0.2, 0.7),
        ),
    )
    return Report(
        article=article,
        run=RunInfo("0.1.0", "c0ffee" * 10 + "beef", "minilm", "judge", "2025-05", AsOfSource.ARTICLE, 1.25),
        claims=(moved, busiest, driverless, opened, cranes, gulls, loveliest),
    )


ATTACK = (
    '=HYPERLINK("http://evil.example") <script>alert(1)</script> [red]bold[/red] \x1b[31m\x1b]0;owned\x07 \u202egnp.exe'
)


def make_hostile_report() -> Report:
    """An article and a document whose every text tries to break out of the format it is shown in."""
    body = f"{ATTACK} and a | pipe, `code`, ![x](javascript:alert(2)) and a \x00 null\r\n@SUM(A1)."
    article = make_article(f"{ATTACK}\n\n{ATTACK} is true, +1 said.\n", path="<img src=x onerror=alert(3)>.txt")
    document = make_document(
        "evil", body, title=ATTACK, publisher="<b>@pub</b>", url="javascript:alert(4)", published="2024"
    )
    checked = CheckedClaim(
        make_claim(article.text, f"{ATTACK} is true", f"{ATTACK} is true", Kind.STATE, attribution=ATTACK),
        make_verdict(VerdictLabel.REFUTED, 0.9, ATTACK, flagged=True),
        (
            make_evidence(
                document,
                body,
                0.0,
                0.9,
                findings=(Finding(FindingKind.NUMBER, Relation.CONFLICT, ATTACK, ATTACK, ATTACK),),
            ),
        ),
    )
    run = RunInfo("0.1.0", "", ATTACK, "judge", "2025", AsOfSource.TODAY, 0.1)
    return Report(article=article, run=run, claims=(checked,))

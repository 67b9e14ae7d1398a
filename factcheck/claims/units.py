"""Blocks to the stretches that are parsed: sentences, labelled lines, bullets with their lead-in.

Sentence ends are found by rule, so that one odd parse cannot tear two sentences apart or glue them together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from factcheck.claims.view import View, count_article_words, make_view, take_brackets
from factcheck.types import Article, Block, BlockKind

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st sr jr vs etc inc ltd co corp no vol fig al approx dept est gen gov sen rep col lt capt sgt "
    "jan feb mar apr jun jul aug sep sept oct nov dec mt ft art e.g i.e u.s u.k u.n a.m p.m ph.d cf ca rev hon".split()
)
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)")
_STARTER = re.compile(
    r"(?:The|An?|It|Its|In|On|At|As|He|His|She|Her|They|Their|This|That|These|Those|There|But|And|Or|So|Yet|For|If|When|"
    r"While|We|I|You|After|Before|Since|However|Meanwhile|Also|By|From|To|With|Some|Many|Most|All|No|Not)\b"
)
_LABEL = re.compile(r"(?P<label>[^:.!?;]{2,70}?)(?P<sign>:\s+|\s+[–—-]{1,2}\s+)(?P<rest>\S.*)$", re.DOTALL)
_LATER_LABEL = re.compile(r"[^:]{2,29}:|[^:.]{2,60}: [A-Z]")
# "2.14 The pump failed", "(1) In a crash", "Q: ", "A: ", the dash of a dialogue.
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})+\.?|\(\d{1,2}\)|[QA][:.]|[–—])\s+(?=[\"'A-ZÀ-Þ])")
# "HAVANA – Power was restored ...", "SANTA FE, N.M., May 3 — A judge ..."
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'/-]{2,30}(?:, [\w. ]{1,24}){0,2} (?:—|–|--) (?=[\"A-ZÀ-Þ])")
# Who came to a meeting, in its minutes.
_PEOPLE = re.compile(
    r"(?i:(?P<label>(?:members )?present|in attendance|attending|attendees|apologies(?: for absence)?|absent|excused))"
    r":\s+(?P<names>\S.*)"
)
_PERSON = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Cllr)\.? )?(?:[A-ZÀ-Þ]\.\s?){0,3}(?:[A-ZÀ-Þ][\w'’-]+ ?){1,4}")
_TURN = re.compile(r"(?P<who>[A-ZÀ-Þ][\w.'-]*(?: [A-ZÀ-Þ][\w.'-]*){0,3}):\s+(?=\S)")
_SKIPPED = frozenset({BlockKind.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch to parse. ``lead_in`` is the unfinished line above a bullet; ``label`` what stands before its colon."""

    view: View
    section: str
    kind: BlockKind
    block: int
    first_in_block: bool
    label: str = ""
    label_sign: str = ""
    lead_in: str = ""
    asides: tuple[str, ...] = ()
    plain: str = ""
    speaker: str = ""

    @property
    def text(self) -> str:
        """The words of the article."""
        return self.view.text

    @property
    def body(self) -> str:
        """The words to parse: without the label, which is parsed by itself."""
        return self.plain or self.view.text


def iterate_units(article: Article) -> Iterator[Unit]:
    """Yield the units of an article in order; boilerplate and headings that state nothing are left out."""
    words = count_article_words(article.text)
    lead_ins: dict[int, str] = {}
    speakers = _find_speakers(article)
    header: list[str] = []
    for at, block in enumerate(article.blocks):
        if block.kind in _SKIPPED:
            continue
        view = make_view(block.span.text, block.span.start, words)
        if not view.text:
            continue
        if block.kind is BlockKind.TABLE_ROW:
            yield from _table_units(view, block, at, header)
            continue
        header = []
        lead_ins[at] = view.text
        if (turn := _TURN.match(view.text)) and turn["who"] in speakers and block.kind is BlockKind.PARAGRAPH:
            name = turn["who"].title() if turn["who"].isupper() else turn["who"]
            for unit in _block_units(view.cut(turn.end(), len(view.text)), block, at, ""):
                yield replace(unit, speaker=name, label="", label_sign="", plain=take_brackets(unit.view)[0].text)
            continue
        lead_in = lead_ins.get(block.lead_in, "") if block.lead_in is not None else ""
        yield from _block_units(view, block, at, lead_in)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of ``text``, in order, covering all of it but white space."""
    spans, start = [], 0
    for found in _END.finditer(text):
        if not _ends_sentence(text, start, found):
            continue
        spans.append((start, found.end()))
        start = found.end() + (len(text[found.end() :]) - len(text[found.end() :].lstrip()))
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    after = text[found.end() :].lstrip()
    if not after:
        return True
    if found.group()[0] == ".":
        before = text[start : found.start()]
        last = re.search(r"[\w.]+$", before)
        word = last.group().lower() if last else ""
        if re.fullmatch(r"(?:[a-z]\.)+[a-z]", word) and (after[0] == "(" or word not in ("u.s", "u.k", "a.m", "p.m")):
            return False
        if word in ("u.s", "u.k") and after[0].isupper() and not _STARTER.match(after):
            return False  # "the U.S. Energy Department"
        answer = word == "no" and before.strip().lower() == "no" and not after[0].isdigit()
        if (
            word in _ABBREVIATIONS
            and not answer
            and not (after[0].isupper() and word in ("etc", "a.m", "p.m", "u.s", "u.k"))
        ):
            return False
        if word in ("a.m", "p.m", "u.s", "u.k", "etc") and not after[0].isupper():
            return False
        if re.fullmatch(r"[a-z]", word) and last and last.group().isupper() and re.search(r"(?:^|\s)\S$", before):
            return False
        if word in ("no", "art", "fig", "vol") and after[0].isdigit():
            return False
    if after[0].islower():
        return False
    if found.group()[-1] in "\"')" and re.match(r"(?:[a-z]|(?:said|says|asked|added|told|replied)\b)", after):
        return False
    return text[start : found.start()].count("(") <= text[start : found.start()].count(")") or found.group()[-1] == ")"


def _find_speakers(article: Article) -> frozenset[str]:
    """Return the names that open two paragraphs or more with a colon after them, as in a transcript."""
    turns = Counter(
        m["who"] for b in article.blocks if b.kind is BlockKind.PARAGRAPH and (m := _TURN.match(b.span.text))
    )
    return frozenset(who for who, count in turns.items() if count >= 2)


def _block_units(view: View, block: Block, at: int, lead_in: str) -> Iterator[Unit]:
    for order, (start, end) in enumerate(split_sentences(view.text)):
        sentence = view.cut(start, end)
        if numbered := _NUMBERING.match(sentence.text) or (_DATELINE.match(sentence.text) if not order else None):
            sentence = sentence.cut(numbered.end(), len(sentence.text))
        bare, asides = take_brackets(sentence)
        inside = view.text[:start].count('"') % 2 == 1 and not bare.text.startswith('"')
        unit = Unit(
            sentence, block.section, block.kind, at, order == 0,
            lead_in=lead_in if order == 0 else "", asides=asides,
            plain=f'"{bare.text}' if inside else bare.text,
        )  # fmt: skip
        label = (
            _LABEL.match(bare.text) if order == 0 or re.match(r"[^:]{2,30}:|[^:.]{2,60}: [A-Z]", bare.text) else None
        )
        if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            label = None
        if people := _list_people(bare.text):
            for sentence_of in people:
                yield replace(unit, label_sign="|", plain=sentence_of, asides=())
            continue
        if label and _is_label(label, block):
            name, sign = label.group("label").strip(), label.group("sign").strip()
            for part in _split_descriptions(label.group("rest"), sign):
                yield replace(unit, label=name, label_sign=sign, plain=part)
            continue
        yield unit


def _list_people(text: str) -> list[str]:
    """Return "A. Rahman was present." for each name of "Present: A. Rahman, L. Kowalski"; empty for anything else."""
    found = _PEOPLE.match(text)
    names = [name.strip(" .") for name in re.split(r",|;| and ", found["names"])] if found else []
    if found is None or not all(_PERSON.fullmatch(name) for name in names):
        return []
    did = "sent apologies" if found["label"].lower().startswith(("apolog", "absent", "excused")) else "was present"
    return [f"{name} {did}." for name in names]


def _split_descriptions(rest: str, sign: str) -> list[str]:
    """Return the parts of "chair; retired judge; has two children" behind a name and a dash."""
    parts = rest.rstrip(". ").split("; ")
    return parts if sign != ":" and len(parts) > 1 and rest.count('"') % 2 == 0 else [rest]


def _is_label(found: re.Match[str], block: Block) -> bool:
    """Tell a label ("Healthcare: ...", "Piriápolis – quieter ...") from a sentence with a colon or dash in it."""
    label, sign = found.group("label"), found.group("sign").strip()
    words = label.split()
    titled = len(words) <= 11 and "," in label and found.group("rest")[:1].isupper()
    if (len(words) > 8 and not titled) or label.count('"') % 2:
        return False
    if re.search(r"(?i)\b(?:is|are|was|were|has|have|had|will|would|can|said|says|told|asked|added)\b", label):
        return False
    if sign != ":":
        return block.kind is BlockKind.BULLET and found.group("rest").count(f" {sign} ") == 0
    return True


def _table_units(view: View, block: Block, at: int, header: list[str]) -> Iterator[Unit]:
    """Yield one unit per cell that has a number: "row: column value" under the first row as header."""
    cell = r"\|?\s*([^|]*?)\s*(?=\||$)" if "|" in view.text else r"(?:^|, )(.*?)(?=, |$)"
    cells = [(m.start(1), m.end(1)) for m in re.finditer(cell, view.text) if m.group(1)]
    texts = [view.text[start:end] for start, end in cells]
    if not header:
        header.extend(texts)
        return
    for column, (start, end) in list(zip(header, cells, strict=False))[1:]:
        if any(c.isdigit() for c in view.text[start:end]):
            value = view.cut(start, end)
            label = f"{texts[0]}|{column}"
            yield Unit(value, block.section, block.kind, at, False, label=label, label_sign="|", plain=value.text)

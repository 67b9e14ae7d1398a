"""A sentence that holds several, taken apart before its clauses are: semicolons, colons, dashes, "half of them ...".

Works on a first parse and gives texts to parse again; each stays tied to the whole sentence it came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from factcheck.claims.brackets import read_figure_aside, read_name_aside
from factcheck.claims.ellipsis import fill_gap
from factcheck.claims.fragments import split_name_list, split_named_members
from factcheck.claims.inflect import Tense, inflect_be
from factcheck.claims.insets import break_dashes, break_inset
from factcheck.claims.measured import split_difference, split_measure, split_shares
from factcheck.claims.relative import find_consequence
from factcheck.claims.speech import find_quotation, split_reports, turn_report
from factcheck.claims.tree import SUBJECT, find_subject, find_tense, is_finite, is_plural
from factcheck.claims.units import split_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Role(StrEnum):
    """How a piece of a sentence is read."""

    PLAIN = "plain"
    FRAME = "frame"
    QUOTE = "quote"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to parse, and whether it is plain, the clause that names a speaker, or what the speaker said.

    ``NAMES`` is a heading that states nothing and only names things.
    """

    text: str
    role: Role = Role.PLAIN
    rule: str = ""


_PARTITIVE = re.compile(
    r"(?:,|\s[–—-])\s+(?P<part>(?:(?:about|around|roughly|nearly|almost|over|more than|at least|only|just|some)\s+)?"
    r"(?:half|most|all|many|none|several|(?:an?|one|two|three|four|five|nine)\s(?:third|quarter|fifth|sixth|tenth)s?|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d[\d,.]*%?)))\s+of\s+(?P<of>them|it)\s+"
    r"(?P<rest>[^,;.]+?)(?=[,.;]|$)",
    re.IGNORECASE,
)
_AMONG = re.compile(r",\s+among them\s+(?P<rest>[^,;.]+?)(?=[.;]|$)", re.IGNORECASE)
_OF_WHOM = re.compile(
    r",\s+of (?:whom|which)\s+(?P<part>[^,;]{1,40}?)\s+"
    r"(?P<verb>(?:is|are|was|were|has|have|had|will|would|can|could)\b[^;]*)$"
)
_CHANGE = re.compile(
    r",\s+(?:(?P<change>(?:up|down)\s+(?!to\b|from\b)(?:by\s+)?[^,;.]*?\d[^,;]*?)(?=,|;|\.?$|\.\s)"
    r"|(?:albeit|though|although)\s+(?P<but>[^,;]+?)(?=\.?$))"
)
# With these it is not the subject that rose or fell ("He gave sales as 4 million, up 9%").
_TELLING = frozenset("give put report state announce set estimate pay agree promise expect say".split())
_INCLUDED = re.compile(r"(?<=\w\w), (?P<names>(?:[A-Z]\S*|and)(?: (?:[A-Z]\S*|and|of))*) included\.?$")
_HAS_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|do|does|did|must|not)\b")
_AMOUNT = re.compile(
    r"[$€£¥]\s?\d[\d,.]*(?:\s(?:thousand|million|billion|trillion)|m|bn)?"
    r"|\d[\d,.]*\s(?:million|billion|trillion)(?: [a-z]+s\b)?"
)
_COUNTED = re.compile(
    r"\b(\d[\d,]*|\w+(?:teen|ty)|(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\s+"
    r"((?:[a-z-]+\s+){0,2}?(?:[a-z-]+s|people|children|women|men|aircraft|staff|sheep|fish|police))\b(?!['’])"
)


_NOTE_THAT = re.compile(
    r"(?:(?:however|but|also|additionally|furthermore|moreover|finally),? )?"
    r"(?:(?:it(?:'s| is) (?:also )?(?:worth|important|useful|interesting|essential) (?:to (?:note|remember|mention|"
    r"keep in mind|point out|understand)|noting|mentioning|remembering)|(?:please |also )?(?:note|keep in mind|"
    r"remember|bear in mind|be aware))(?: also)? that\s+)(?=\S+ \S+)",
    re.IGNORECASE,
)


_DENIED = re.compile(r"\b(?:is|are|was|were)(?: not|n't)\b(?!.*[,;])", re.IGNORECASE)
_INSTEAD = re.compile(r"(?:it|they|this|that|he|she)(?: is| are| was| were|'s|'re)\b", re.IGNORECASE)
_BECAUSE = re.compile(r"(?:this|that|it) (?:is|was) (?:partly |mainly |largely )?because\s+(?=\S+ \S+)", re.IGNORECASE)
_AGED = re.compile(r"(?P<name>(?:[\w'’-]+ ){0,4}(?:[A-ZÀ-Þ][\w'’-]+ )[A-ZÀ-Þ][\w'’-]+), (?P<age>\d{1,2}), (?=[a-z])")
_AGE = re.compile(r"(?P<name>[^,]{2,50}), (?P<age>\d{1,2})(?=,)")
_LIFE = re.compile(
    r"(?:born\s+)?(?P<born>(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?\d{4})\s*[–-]\s*"
    r"(?P<died>(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?\d{4})"
)


def read_asides(doc: Doc, asides: Sequence[str], text: str) -> list[Piece]:
    """Return what stands in brackets as sentences: one that is a sentence, the dates of a life, what initials mean.

    Initials in a list of several are a help to the reader and no claim.

    :param text: the sentence with its brackets.
    """
    pieces = []
    listed = sum(_find_acronym(doc, aside) is not None for aside in asides) > 1
    for aside in asides:
        life = _LIFE.fullmatch(aside)
        root = next((t for t in doc if t.dep_ == "ROOT"), None)
        subject = find_subject(root) if root is not None else None
        if life and subject is not None and subject.pos_ == "PROPN":
            name = doc[subject.left_edge.i : subject.i + 1].text
            for verb, day in (("was born", life["born"]), ("died", life["died"])):
                pieces.append(Piece(f"{name} {verb} {'on' if ' ' in day else 'in'} {day}.", rule="life_dates"))
        elif (short := _find_acronym(doc, aside)) is not None:
            if listed:
                continue
            pieces.append(Piece(f"{short} stands for {aside}.", rule="acronym"))
        elif named := read_name_aside(doc, aside, text):
            pieces.append(Piece(named, rule="name_in_brackets"))
        elif figured := read_figure_aside(doc.text, aside):
            pieces.append(Piece(figured, rule="figure_in_brackets"))
        elif len(aside.split()) >= 4 and re.search(r"\b(?:is|are|was|were|has|have|had|will|can|does|did)\b", aside):
            pieces.append(Piece(aside, rule="brackets"))
    return pieces


def _find_acronym(doc: Doc, aside: str) -> str | None:
    """Return the abbreviation in the sentence or label that the initials of ``aside`` spell, ``None`` without one."""
    words = [w for w in re.split(r"[\s-]+", aside) if w.lower() not in ("of", "the", "and", "for", "in")]
    initials = "".join(w[0] for w in words if w).upper()
    if len(words) < 2 or not all(w.isalpha() for w in words):
        return None
    return next((t.text for t in doc if t.text == initials), None)


def break_sentence(doc: Doc) -> list[Piece]:
    """Return the pieces of a parsed sentence in order; one plain piece with its own text where nothing is to break."""
    quotation = find_quotation(doc.text)
    if quotation is not None:
        said = [Piece(quotation.quote[a:b], Role.QUOTE, "quotation") for a, b in split_sentences(quotation.quote)]
        if not quotation.frame:
            return said
        aged = _AGE.match(quotation.frame)
        frame = f"{aged['name']}{quotation.frame[aged.end() :]}" if aged else quotation.frame
        about = [Piece(f"{aged['name']} is {aged['age']}.", rule="age")] if aged else []
        return [*about, Piece(frame, Role.FRAME, "common_speaker" if quotation.common else "speaker"), *said]
    if reworded := _reword(doc):
        return reworded
    if included := _INCLUDED.search(doc.text):
        return [Piece(f"{doc.text[: included.start()]}, including {included['names']}.", rule="included")]
    if cut := find_consequence(doc):
        rest = f"This {doc[cut + 1 :].text}"
        return [*break_sentence(doc[: cut - 1].as_doc()), Piece(rest, rule="sentence_relative")]
    if (gapped := fill_gap(doc)) is not None:
        at, second = gapped
        return [*(Piece(f"{text}.") for text in _break_clauses(doc[:at].as_doc())), Piece(second, rule="ellipsis")]
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    tense = find_tense(root) if root is not None else Tense.PRESENT
    pieces = []
    if found := _AGED.match(doc.text):
        name = re.sub(r"^(?:The|A|An) ", "", found["name"])
        pieces.append(Piece(f"{name} is {found['age']}.", rule="age"))
        return [*pieces, Piece(f"{found['name']} {doc.text[found.end() :]}", rule="")]
    if (inset := break_inset(doc)) is not None:
        return [*_break_partitives(inset[0], tense), Piece(inset[1], rule=inset[2])]
    if (dashed := break_dashes(doc)) is not None:
        said = [Piece(dashed[1], rule="inset")] if dashed[1] else []
        return [*_break_partitives(dashed[0], tense), *said]
    opening, clauses = _break_opening(doc, root)
    for text in clauses or _break_clauses(doc):
        pieces += _break_partitives(text, tense)
    pieces += opening
    return [made for piece in pieces for made in _break_changes(piece, root)]


def _reword(doc: Doc) -> list[Piece]:
    """Return the pieces that wording alone tells: "note that", "this is because", lists of names, two reports."""
    if found := _NOTE_THAT.match(doc.text):
        return [Piece(doc.text[found.end() :], rule="note_that")]
    if found := _BECAUSE.match(doc.text):
        return [Piece(doc.text[found.end() :], rule="this_is_because")]
    if shares := split_shares(doc.text):
        return [Piece(text, rule="shares") for text in shares]
    if members := split_named_members(doc.text):
        return [Piece(text, rule="members") for text in members]
    if listed := split_name_list(doc.text):
        return [Piece(text, rule="list") for text in listed]
    if turned := turn_report(doc):
        return [Piece(turned, rule="said_last")]
    return [Piece(text, rule="reports") for text in split_reports(doc.text)]


def _break_opening(doc: Doc, root: Token | None) -> tuple[list[Piece], list[str]]:
    """Return the predicate that opens a sentence, and the sentence without it; both empty where there is none.

    "The daughter of a keeper, she was born in Vik." gives "She was the daughter of a keeper." and "She was born in
    Vik."; "Native to Europe, the plant ..." is read the same way.
    """
    if root is None or not is_finite(root):
        return [], []
    subjects = sorted((c for c in root.children if c.dep_ in SUBJECT and c.i < root.i), key=lambda t: t.i)
    if not subjects:
        return [], []
    subject = subjects[-1]
    start = subject.left_edge.i
    opening = doc[: start - 1]
    if start < 4 or doc[start - 1].text != "," or any(t.pos_ in ("VERB", "AUX") or t.text in ";:" for t in opening):
        return [], []
    first = next((c for c in root.children if c.left_edge.i == 0 and c.right_edge.i == start - 2), None)
    if first is None:
        return [], []
    noun = first.pos_ == "NOUN" and len(subjects) == 2 and first == subjects[0] and subject.pos_ in ("PRON", "PROPN")
    if not noun and not (first.tag_ == "JJ" and first.i == 0 and first.dep_ in ("advcl", "amod", "acomp")):
        return [], []
    words = f"{opening.text[:1].lower()}{opening.text[1:]}"
    be = inflect_be(find_tense(root) if noun else Tense.PRESENT, plural=is_plural(subject))
    name = doc[start : subject.right_edge.i + 1].text
    name, rest = name[:1].upper() + name[1:], doc[subject.right_edge.i + 1 :].text
    return [Piece(f"{name} {be} {words}.", rule="opening")], [f"{name} {rest}"]


def _break_clauses(doc: Doc) -> list[str]:
    """Return the parts between semicolons, colons and dashes where both sides are clauses."""
    cuts = []
    start = 0
    for token in doc[1:-1]:
        so = (
            token.lower_ == "so"
            and doc[token.i - 1].text == ","
            and doc[token.i + 1].lower_ not in ("that", "as", "far")
        )
        strong = token.text == ";" or so
        weak = token.text in (":", "–", "—", "--") or (token.text == "-" and doc[token.i - 1].whitespace_)
        if not (strong or weak) or _inside_brackets(doc, token.i):
            continue
        left, right = doc[start : token.i], doc[token.i + 1 :]
        if _corrects(left.text, right.text):
            continue
        both = _has_clause(left) and _has_clause(right)
        held = token.text == ";" and any(t.dep_ == "ccomp" and t.head.i > token.i for t in left)
        if (both and (strong or _subject_early(right))) or (token.text == ";" and (held or _has_verbs(left, right))):
            cuts.append((start, token.i))
            start = token.i + 1
    if not cuts:
        return [doc.text]
    cuts.append((start, len(doc)))
    return [doc[a:b].text.strip(" ,;:–—") for a, b in cuts]


def _corrects(left: str, right: str) -> bool:
    """Tell "It is not just about A" before "it is about B", which is one statement."""
    return _DENIED.search(left) is not None and _INSTEAD.match(right) is not None


def _inside_brackets(doc: Doc, at: int) -> bool:
    before = doc[:at].text
    return bool(before.count("(") > before.count(")") or before.count('"') % 2 == 1)


def _has_clause(span: Doc) -> bool:
    """Tell whether a stretch has a finite verb with a subject in it."""
    for token in span:
        if token.pos_ not in ("VERB", "AUX") or not is_finite(token):
            continue
        subject = find_subject(token)
        if subject is not None and span[0].i <= subject.i <= span[-1].i and subject.tag_ not in ("WDT", "WP"):
            return True
    return False


def _has_verbs(*spans: Doc) -> bool:
    """Tell whether each stretch is long enough for a clause and has a verb, where the parse shows no subject."""
    return all(len(span) >= 4 and any(t.pos_ in ("VERB", "AUX") for t in span) for span in spans)


def _subject_early(span: Doc) -> bool:
    """Tell whether a clause starts with its subject or an adverbial, not with a list that a clause hangs on."""
    verbs = [t for t in span if t.pos_ in ("VERB", "AUX") and is_finite(t)]
    if not verbs:
        return False
    subject = find_subject(verbs[0])
    return subject is not None and not any(t.text == "," for t in span.doc[subject.right_edge.i + 1 : verbs[0].i])


def _break_changes(piece: Piece, root: Token | None) -> list[Piece]:
    """Return "Revenue was 4 million" and "Revenue was up 9%" for "Revenue was 4 million, up 9%"."""
    if (measured := split_measure(piece.text)) is not None:
        return [*_break_changes(replace(piece, text=measured[0]), root), Piece(measured[1], rule="measure")]
    if (fewer := split_difference(piece.text)) is not None:
        return [*_break_changes(replace(piece, text=fewer[0]), root), Piece(fewer[1], rule="change")]
    found = _CHANGE.search(piece.text)
    subject = find_subject(root) if root is not None else None
    if not found or root is None or subject is None:
        return [piece]
    name = root.doc[subject.left_edge.i : subject.right_edge.i + 1].text
    if found["but"] and any(t.pos_ == "VERB" and t.text in found["but"].split() for t in root.doc):
        return [piece]
    if (
        (root.lemma_ in _TELLING and not found["but"])
        or name not in piece.text[: found.start()]
        or "," in name
        or (found["but"] and _HAS_VERB.search(found["but"]))
    ):
        return [piece]
    be = inflect_be(find_tense(root), plural=is_plural(subject))
    main = piece.text[: found.start()] + piece.text[found.end() :]
    return [replace(piece, text=main), Piece(f"{name} {be} {found['change'] or found['but']}.", rule="change")]


def _find_whole(before: str, *, singular: bool) -> str:
    """Return the amount or the counted things that "half of it" or "half of them" is a part of, "" for none."""
    if singular:
        amounts = _AMOUNT.findall(before)
        return f"the {amounts[-1]}" if amounts else ""
    counted = [m.group() for m in _COUNTED.finditer(before)]
    return f"the {counted[-1][:1].lower()}{counted[-1][1:]}" if counted else ""


def _break_partitives(text: str, tense: Tense) -> list[Piece]:
    """Return the sentence without ", half of them children", and "Half of them are children." as a piece of its own."""
    pieces: list[Piece] = []
    main = text
    for found in list(_PARTITIVE.finditer(text)):
        if _HAS_VERB.search(found["rest"]):
            continue
        singular = found["of"].lower() == "it"
        plural = not singular or bool(re.match(r"(?i)(?:two|three|four|five)", found["part"]))
        whole = _find_whole(text[: found.start()], singular=singular) or found["of"]
        be = inflect_be(tense, plural=plural)
        at = main.find(found.group())
        rest = main[at + len(found.group()) :]
        main = main[:at] + (rest[1:] if rest.startswith(",") else rest)  # both commas of an inset go
        pieces.append(Piece(f"{found['part'].capitalize()} of {whole} {be} {found['rest']}.", rule="partitive"))
    if (clause := _OF_WHOM.search(main)) is not None:
        money = _AMOUNT.match(clause["part"]) is not None
        whole = _find_whole(main[: clause.start()], singular=money) or "them"
        main = main[: clause.start()] + "."
        part, verb = clause["part"].capitalize(), clause["verb"].rstrip(". ")
        pieces.append(Piece(f"{part} of {whole} {verb}.", rule="partitive"))
    among = _AMONG.search(main)
    if among is not None and among.end() >= len(main.rstrip(" .")):
        main = main.replace(among.group(), "", 1)
        bare = re.match(r"\d[\d,]*(?= [a-z]+)", main)  # "38 started in May"
        whole = _find_whole(main, singular=False) or (f"the {bare.group()}" if bare else "them")
        pieces.append(Piece(f"Among {whole} are {among['rest']}.", rule="partitive"))
    return [Piece(main, rule="sentence" if main != text else ""), *pieces]

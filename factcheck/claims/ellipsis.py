"""Second halves that leave out their verb ("Estonia did so in 2006, Finland in 1948"), put back as sentences.

Only where one phrase of the second half clearly answers one of the first: the same preposition, a figure for a figure,
a time for a time, an adverb of frequency for another. Anything else stays one sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.claims.inflect import Tense, inflect_verb
from factcheck.claims.tree import AUXILIARY, find_subject, is_finite, is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_FREQUENCY = frozenset("never rarely seldom hardly always often sometimes usually not".split())
_LONGEST = 12
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_PART = re.compile(r"(?:a (?:third|quarter|fifth|tenth)|half|twice|slightly|much|far) (?:less|more|fewer|as)\b")
_ABOUT = frozenset("about around some nearly almost over roughly only just".split())
_BREAKS = frozenset({";", ":", "–", "—", "--"})
_CLAUSAL = frozenset("ROOT conj ccomp parataxis".split())
_FINITE = frozenset("VBZ VBP VBD MD".split())


def fill_gap(doc: Doc) -> tuple[int, str] | None:
    """Return where the first half ends and the second as a full sentence, ``None`` where there is no such second half.

    Looks at the last clause of the sentence alone, behind any semicolon, colon or dash.
    """
    if doc[-1].text == "?":
        return None
    commas = [t.i for t in doc if t.text == ","]
    made = _fill_behind(doc, commas[-1]) if commas else None
    joints = [t.i for t in doc if t.lower_ == "and" and t.i > 3]
    return made or (_fill_behind(doc, joints[-1]) if joints else None)


def _fill_behind(doc: Doc, at: int) -> tuple[int, str] | None:
    start = max((t.i + 1 for t in doc[:at] if t.text in _BREAKS), default=0)
    verbs = [t for t in doc[start:at] if t.pos_ in ("VERB", "AUX") and t.dep_ in _CLAUSAL and is_finite(t)]
    root = verbs[0] if verbs else None
    subject = find_subject(root) if root is not None else None
    end = len(doc) - 1 if doc[-1].text == "." else len(doc)
    first, second = doc[start:at], doc[at + 1 : end]
    if root is None or subject is None or not start <= subject.i < root.i or not 2 <= len(second) <= _LONGEST:
        return None
    if any(t.tag_ in _FINITE or t.tag_ in ("VBG", "WDT", "WP") or t.text in ':;()"–—' for t in second):
        return None
    joint = next((t.i for t in second if t.tag_ == "CC"), len(doc))
    if joint < len(doc) and not any(t.i < joint and t.pos_ == "ADP" for t in second):
        return None  # a list, not "the rest from the city and the state"
    if any(t.text == "," for t in doc[root.i : at]) or (doc[at].lower_ == "and" and not _is_second(first, second)):
        return None
    made = _same_subject(doc, root, first, second) or _new_subject(doc, root, subject, first, second)
    return (at, made) if made else None


def _is_second(first: Span, second: Span) -> bool:
    """Tell "(with 46 nets) and Langnes with 80" or "(120 for the first) and 300 for the second" from a list.

    Behind "and" there must be figures on both sides, and a name or the figure itself must open the second half.
    """
    figures = [t for t in second if _is_figure(t) and not _YEAR.fullmatch(t.text)]
    answered = [t for t in first if _is_figure(t) and not _YEAR.fullmatch(t.text)]
    opens = second[0].pos_ == "PROPN" or figures[:1] == [second[0]]
    if not figures or not answered or not opens or any(t.lower_ in ("between", "from") for t in first):
        return False
    shared = {t.lower_ for t in first if t.pos_ == "ADP"} & {t.lower_ for t in second if t.pos_ == "ADP"}
    return bool(shared - {"of"}) and not any(t.text == "%" for t in first[-1:])


def _same_subject(doc: Doc, root: Token, first: Span, second: Span) -> str:
    """Return "Admissions are 29% without classes." for "Admissions are 22% with classes, 29% without."."""
    predicate = [t for t in first if t.i > root.i]
    figure = next((t for t in predicate if t.pos_ not in ("ADV", "ADP")), None)
    if figure is None or not _is_figure(figure) or not (_is_figure(second[0]) or _PART.match(second.text)):
        return ""
    pair = next((t for t in second if t.pos_ == "ADP" and t.lower_ != "of"), None)
    answering = (
        {pair.lower_, "with"} if pair is not None and pair.lower_ == "without" else {pair.lower_ if pair else ""}
    )
    answered = next((t for t in predicate if t.pos_ == "ADP" and t.i > figure.i and t.lower_ in answering), None)
    if pair is None or answered is None or figure.ent_type_ in ("DATE", "TIME"):
        return ""
    rest = doc[answered.i + 1 : first.end].text if pair.i == second.end - 1 else ""
    until = figure.i - 1 if doc[figure.i - 1].lower_ in _ABOUT else figure.i
    return f"{_capital(doc[first.start : until].text)} {second.text} {rest}".strip() + "."


def _new_subject(doc: Doc, root: Token, subject: Token, first: Span, second: Span) -> str:
    """Return the second half with the verb of the first, "" where its parts do not answer those of the first."""
    cut = _end_of_name(second)
    if cut is None:
        return ""
    name, rest = doc[second.start : cut], doc[cut : second.end]
    ends = max(t.i for t in subject.subtree if t.i < root.i)  # the second name may hang on the first
    verb = doc[ends + 1 : root.i + 1]
    if not len(rest):
        return ""
    said = _agree(verb, root, subject, name)
    if rest[0].lower_ in _FREQUENCY and len(rest) == 1:
        helped = any(c.dep_ in AUXILIARY for c in root.children) or root.lemma_ == "be"
        words = said.split(" ", 1)
        placed = [words[0], rest.text, *words[1:]] if helped else [rest.text, said]
        return f"{_capital(name.text)} {' '.join(placed)}."
    start = _find_answered(doc, root, first, rest)
    if start is None:
        return ""
    unit = _find_unit(doc, start, first, rest)
    kept = doc[root.i + 1 : start].text
    return re.sub(r"\s+", " ", f"{_capital(name.text)} {said} {kept} {rest.text} {unit}").strip() + "."


def _end_of_name(second: Span) -> int | None:
    """Return where the noun phrase that opens the second half ends: before a figure, preposition or adverb."""
    for token in second:
        opens = token.pos_ == "ADP" or _is_figure(token) or token.lower_ in (*_FREQUENCY, "as")
        if opens and token.i > second.start and token.lower_ != "of":
            named = second.doc[second.start : token.i]
            nominal = named[-1].pos_ in ("NOUN", "PROPN", "PRON") or named[-1].lower_ in ("others", "another")
            plain = all(t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "NUM") for t in named)
            return token.i if nominal and plain and len(named) <= 5 else None
    return None


def _find_answered(doc: Doc, root: Token, first: Span, rest: Span) -> int | None:
    """Return the token of the first half from which on the second half says something else."""
    after = [t for t in first if t.i > root.i]
    if rest[0].pos_ == "ADP" or rest[0].lower_ == "as":
        same = [t.i for t in after if t.lower_ == rest[0].lower_ and t.pos_ == "ADP"]
        if same:
            return int(same[-1])
        dated = _YEAR.search(rest.text) is not None
        times = [t.i for t in after if t.pos_ == "ADP" and dated and any(_YEAR.fullmatch(c.text) for c in t.children)]
        return int(times[-1]) if times else None
    figures = [t.i for t in after if _is_figure(t) and not _YEAR.fullmatch(t.text)]
    return figures[0] if figures and not doc[figures[0] - 1].pos_ == "ADP" else None


def _find_unit(doc: Doc, start: int, first: Span, rest: Span) -> str:
    """Return the unit of the figure that a bare figure answers ("140 euros", "60" -> "euros")."""
    if not _is_figure(doc[start]) or len(rest) > 1 or doc[start].is_currency:
        return ""
    noun = doc[start].head
    return str(noun.text) if doc[start].dep_ == "nummod" and noun.i < first.end else ""


def _agree(verb: Span, root: Token, subject: Token, name: Span) -> str:
    """Return the verb group of the first half in the number of the new subject."""
    plural = name[-1].tag_ in ("NNS", "NNPS") or name[-1].lower_ == "others"
    if plural == is_plural(subject) or not len(verb):
        return str(verb.text)
    finite = next((t for t in verb if t.tag_ in ("VBZ", "VBP") or t.lower_ in ("was", "were")), None)
    if finite is None:
        return str(verb.text)
    tense = Tense.PAST if finite.tag_ == "VBD" else Tense.PRESENT
    form = inflect_verb(finite.lemma_, tense, plural=plural)
    return " ".join(form if t.i == finite.i else t.text for t in verb)


def _is_figure(token: Token) -> bool:
    return bool(token.like_num or token.is_currency)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

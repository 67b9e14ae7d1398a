"""The sentence of a passage that carries a claim, to be quoted; what the judge read around it stays its context.

By words, names and figures alone: asking the judge about every sentence would cost as much again as judging. A poor
choice shows a poorer quote and touches no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.corpus.sentences import split_sentences, trim
from factcheck.names import find_names, is_small
from factcheck.quantities import find_quantities
from factcheck.types import Claim, Evidence, Finding, Relation

NAME, FIGURE, FINDING = 1.5, 2.0, 5.0
"""What a name, a figure and a compared detail weigh beside a plain word of the claim. Words do most of the work: of 114
deciding sentences put among near misses, 62 to 67 % are found at any weights from 1 to 6, against 38 % by chance. A
compared detail outweighs them, since the reason for the verdict names it and a reader looks for it in the quote."""

_WORD = re.compile(r"[^\W_][\w'’.,-]*[^\W_]|[^\W_]")
_OPENING = re.compile(r"\n[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+|[ \t]*\|?[ \t]*\n[ \t]*\|[ \t]*")
_POINTS_BACK = re.compile(
    r"[\"'“‘(]*(?:it|its|they|their|them|this|that|these|those|he|she|his|her|such|both|neither|"
    r"the (?:former|latter))\b",
    re.IGNORECASE,
)

_CONTEXT_CHARACTERS = 400
# What a paragraph of Markdown begins or ends at: an empty line, a heading, the sign of a list item or a row, a comment,
# code, and a date of its own.
_BREAK = re.compile(
    r"""\n[ \t]*\n
      | (?:\A|\n)[ \t]*(?:\#{1,6}[ \t][^\n]*(?:\n|\Z) | (?:[-*+•]|\d{1,3}[.)])[ \t]+ | \|[ \t]*
                        | <!--[^\n]*(?:\n|\Z) | ```)
      | [ \t]*\{as_of=[^{}\n]*\}""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What of a claim a sentence may hold."""

    words: frozenset[str]
    names: frozenset[str]
    figures: frozenset[Decimal]


def quote_sentence(claim: Claim, evidence: Evidence) -> Evidence:
    """Return the evidence with the sentence of its passage for a quote that says most of what the claim does.

    A sentence that opens by pointing back ("It", "These") is quoted with the one before, so that the quote can be read
    by itself. Where the quote begins or ends its passage, the document's next sentence on that side is context too.
    """
    passage, body = evidence.passage, evidence.document.body
    start, end = find_rationale(claim, passage.text, evidence.findings)
    at_hand = body[passage.start : passage.end] == passage.text
    return replace(
        evidence,
        quote=passage.text[start:end],
        start=passage.start + start,
        end=passage.start + end,
        preceding=find_preceding(body, passage.start) if at_hand and not passage.text[:start].strip() else "",
        following=find_following(body, passage.end) if at_hand and not passage.text[end:].strip() else "",
    )


def find_preceding(body: str, start: int) -> str:
    """Return the end of the paragraph that leads up to ``start``, from its last sentence on; "" at its beginning."""
    begin = start - _CONTEXT_CHARACTERS
    begin = 0 if begin <= 0 else body.find(" ", begin, start) + 1 or start
    for found in _BREAK.finditer(body, begin, start):
        begin = found.end()
    sentences = split_sentences(body, start=begin, end=start)
    return body[sentences[-1][0] : start] if sentences else ""


def find_following(body: str, end: int) -> str:
    """Return the paragraph's next sentence after ``end``; "" at its end."""
    stop = end + _CONTEXT_CHARACTERS
    found = _BREAK.search(body, end, stop)
    if found is not None:
        stop = found.start()
    elif stop < len(body):
        stop = max(end, body.rfind(" ", end, stop))
    sentences = split_sentences(body, start=end, end=min(stop, len(body)))
    return body[end : sentences[0][1]] if sentences and _WORD.search(body, end, sentences[0][1]) else ""


def find_rationale(claim: Claim, passage: str, findings: Sequence[Finding] = ()) -> tuple[int, int]:
    """Return where in ``passage`` the sentence stands that carries the claim; of equal ones the first."""
    sentences = split_units(passage)
    if len(sentences) < 2:
        return 0, len(passage)
    wanted = _Wanted(
        _stems(claim.text),
        frozenset(stem for name in find_names(claim.text) for stem in _stems(name)),
        frozenset(quantity.value for quantity in claim.quantities),
    )
    weights = [weigh_sentence(wanted, passage[start:end], findings) for start, end in sentences]
    best = first = weights.index(max(weights))
    while first > 0 and _points_back(passage, sentences[first - 1 : first + 1]):
        first -= 1
    return sentences[first][0], sentences[best][1]


def split_units(passage: str) -> list[tuple[int, int]]:
    """Return the sentences of a passage; a list item or table row begins one of its own, without its sign."""
    cuts = [(0, 0), *((found.start(), found.end()) for found in _OPENING.finditer(passage))]
    ends = [*(start for start, _ in cuts[1:]), len(passage)]
    pieces = [trim(passage, begin, end) for (_, begin), end in zip(cuts, ends, strict=True)]
    return [span for piece in pieces if piece for span in split_sentences(passage, start=piece[0], end=piece[1])]


def weigh_sentence(wanted: _Wanted, sentence: str, findings: Sequence[Finding]) -> float:
    """Return how much of a claim a sentence holds: its words, names and figures, and the details compared with it."""
    there = _stems(sentence)
    weight = len(wanted.words & there) + (NAME - 1) * len(wanted.names & there)
    if wanted.figures:
        weight += FIGURE * len(wanted.figures & {quantity.value for quantity in find_quantities(sentence)})
    telling = {finding.found for finding in findings if finding.relation is not Relation.INCOMPARABLE}
    return weight + FINDING * sum(bool(found) and found in sentence for found in telling)


def _points_back(passage: str, pair: Sequence[tuple[int, int]]) -> bool:
    """Return whether the second of two sentences opens by pointing to the first, and is no item of its own."""
    (_, end), (start, _) = pair
    return not passage[end:start].strip() and _POINTS_BACK.match(passage, start) is not None


def _stems(text: str) -> frozenset[str]:
    """Return the words that say something, by their first five letters, so that "opened" is "opening"."""
    return frozenset(word[:5].lower() for word in _WORD.findall(text) if not is_small(word))

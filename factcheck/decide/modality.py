"""Whether a passage tells what was planned, expected or hoped for, where the claim tells what is or was.

"The bridge will open in 2021" has every word of "The bridge opened in 2021" and bears out nothing: judges of language
read past mood and tense. Known by words alone, in the clause of the passage that has most of the claim's words.
"""

from __future__ import annotations

import re

from factcheck.decide.wording import content_words
from factcheck.rationale import find_rationale
from factcheck.types import Claim, Evidence, Kind

FORESEEN_WEIGHT = 0.35
"""What is left of a passage's word for a fact where it only foresees it."""

_FORESEES = re.compile(
    r"""\b(?: (?:will|shall|would|may|might|could)\s+(?:not\s+|also\s+|soon\s+|then\s+|again\s+)?(?:be\b|have\b|\w{3,})
        | (?:is|are|was|were|be|been)\s+(?:\w+\s+)?(?:expected|scheduled|planned|projected|forecast|set|due|likely
            |hoped|intended|meant|supposed|proposed|slated|poised|about)\s+(?:to|for|that)\b
        | (?:is|are)\s+to\s+(?!the\b|a\b|an\b)[a-z]{3,}
        | (?:expects?|expected|hopes?|hoped|plans?|planned|aims?|aimed|intends?|intended|proposes?|proposed|predicts?
            |predicted|forecasts?|promises?|promised|pledges?|pledged|wants?|wanted|seeks?|sought|demands?|demanded
            |asks?|asked)\s+(?:\w+\s+){0,3}?(?:to|that|for|will|would)\b
        | (?:draft|proposal|plan|target|goal|forecast|projection|estimate)s?\s+(?:to|for|of|that|foresees?|calls?)\b
        | foreseen | envisag\w+ | hopefully | likely\s+to )""",
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;:]\s|,\s|\s(?:and|but|while|whereas|which|who)\s")
_OPEN_KINDS = frozenset({Kind.PREDICTION, Kind.ATTRIBUTION})


def foresees(text: str) -> bool:
    """Return whether a sentence speaks of what is to come, was planned, or is only thought likely."""
    return _FORESEES.search(text) is not None


def only_foresees(claim: Claim, evidence: Evidence) -> bool:
    """Return whether the passage foresees what the claim states as a fact.

    A claim that speaks of plans, duties or forecasts itself is answered by passages of its own kind.
    """
    if claim.kind in _OPEN_KINDS or foresees(claim.text):
        return False
    start, end = find_rationale(claim, evidence.passage.text, evidence.findings)
    clauses = _CLAUSE_END.split(evidence.passage.text[start:end])
    words = content_words(claim.text)
    return foresees(max(clauses, key=lambda clause: len(words & content_words(clause))))

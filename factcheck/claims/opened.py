"""Claims that open with a word nobody can tell the meaning of, left out where another claim has their sentence.

"This flies here regularly" cannot be checked by itself. Where the sentence says nothing else the claim is kept, with
its open word reported, so that no sentence is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.types import Claim

_OPEN = frozenset("it he she they this that these those we".split())


def drop_open(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of one sentence without those whose first word is open; all of them where every one is."""
    closed = [claim for claim in claims if not opens_unresolved(claim)]
    return closed or list(claims)


def opens_unresolved(claim: Claim) -> bool:
    """Tell whether a claim opens with a bare pronoun that nothing resolved; "this plan" tells at least what it is."""
    first = claim.text.split(" ", 1)[0].lower()
    return first in _OPEN and any(word.lower() == first for word in claim.unresolved)

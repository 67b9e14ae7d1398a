"""Which words mean the same, and which say nothing about what is measured or whose it is."""

from __future__ import annotations

from functools import lru_cache

from factcheck.quantities.content import Word

# Words that join a figure to its thing, or compare it, and say nothing about what is measured.
_LIGHT = frozenset(
    """have be get come go take make do stand lie amount total number reach put account give see figure level size
    quantity remain keep stay show find report tell say accord state estimate know count include become call part
    average case time thing kind sort type place many much few more less most least several various other another same
    such own together combined altogether jointly each every all only just exactly almost nearly roughly some about
    approximately around even also still already yet then there here as so very quite overall worth value measure need
    describe exist over under above below up down again twice once today nowadays currently""".split()
)
KIN_SHORTEST, KIN_LONGEST_TAIL = 4, 5


@lru_cache(maxsize=65536)
def are_kin(left: str, right: str) -> bool:
    """Whether two word groups are one, or forms of one word: the shorter begins the longer, but for its last letter."""
    if left == right:
        return True
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) < KIN_SHORTEST or len(long) - len(short) > KIN_LONGEST_TAIL:
        return False
    return long.startswith(short if len(short) == KIN_SHORTEST else short[:-1])


def same_word(left: Word, right: Word) -> bool:
    """Whether two words mean the same thing or name the same owner."""
    return left.name == right.name or are_kin(left.group, right.group) or are_kin(left.form, right.form)


def is_light(word: Word) -> bool:
    """Whether a word says nothing about what is measured or whose it is."""
    return word.form in _LIGHT and word.role != "name"

"""What words of a sentence stand for, and who speaks: the values that resolution hands on."""

from __future__ import annotations

from dataclasses import dataclass

UNNAMED = "the author"
"""Who "I" is in a text that nobody signs."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Tokens ``start`` to ``end`` and what they stand for.

    ``own`` holds an antecedent in the same sentence, ``same_as`` is key and head of the antecedent.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    own: frozenset[int] = frozenset()
    same_as: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The references of one sentence, and the words that nothing resolves with their tokens."""

    references: tuple[Reference, ...]
    unresolved: tuple[tuple[int, str], ...]

    def as_table(self) -> dict[int, tuple[int, str]]:
        """Return the replacements by first token, as ``render_words`` takes them."""
        return {r.start: (r.end, r.after) for r in self.references}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who "I" and "we" are outside quotations: the author or speaker, and the body that the text speaks for.

    ``since`` is the block from which on the author speaks: in an interview the first question.
    """

    author: str = ""
    body: str = ""
    since: int = 0

"""Noun phrases of a sentence as words of a claim: as they stand, or as a thing is named again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.claims.detach import measure_extent
from factcheck.claims.draft import Word
from factcheck.claims.tree import agrees_plural, collect_subtree, left_comma, list_conjuncts, trim_punctuation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def list_phrase(doc: Doc, token: Token, dropped: set[int], *, within: set[int] | None = None) -> tuple[Word, ...]:
    """Return the words below ``token``, of those ``within`` where that is given, without signs at the ends."""
    indices = collect_subtree(token) - dropped
    if within is not None:
        indices &= within
    return tuple(sorted(trim_punctuation(doc, indices)))


def name_again(doc: Doc, noun: Token, dropped: set[int]) -> tuple[Word, ...]:
    """Return a noun phrase as it is named again: without what is detached from it, "a" turned into "the"."""
    indices = collect_subtree(noun) - dropped
    for token in noun.subtree:
        if token == noun or token.i not in indices:
            continue
        later = token.dep_ in ("relcl", "appos", "acl", "amod") and token.i > token.head.i and left_comma(token)
        if later or (token.dep_ in ("conj", "cc") and token.head == noun and not _spans_conjuncts(noun)):
            indices -= measure_extent(token, "conjunct")
    words: list[Word] = list(sorted(trim_punctuation(doc, indices)))
    if words and isinstance(words[0], int) and doc[words[0]].lower_ in ("a", "an"):
        words[0] = "the"
    return tuple(words)


def _spans_conjuncts(noun: Token) -> bool:
    """Tell whether a clause after a coordination is about all of its members (it agrees in the plural)."""
    clause = next((c for m in list_conjuncts(noun) for c in m.children if c.dep_ in ("relcl", "acl")), None)
    return clause is not None and agrees_plural(clause, None)

"""Words that only tie a sentence to the one before it ("However,", "of course", ", though,")."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENERS = frozenset(
    "however but and so yet meanwhile moreover furthermore therefore thus hence consequently indeed nevertheless "
    "nonetheless additionally also besides instead otherwise still similarly likewise overall ultimately finally "
    "unfortunately fortunately interestingly importantly frankly personally admittedly certainly well no yes then "
    "nor or".split()
)
_OPENING_PHRASES = tuple(phrase.split() for phrase in (
    "in fact", "for example", "for instance", "of course", "in addition", "as a result", "by contrast", "in contrast",
    "on the other hand", "to be fair", "in other words", "in short", "in particular", "in conclusion", "in summary",
    "at least", "after all", "that said", "by the way", "in turn", "as well",
))  # fmt: skip


def find_openers(doc: Doc) -> set[int]:
    """Return connecting words that only tie the sentence to the one before ("However,", "of course")."""
    found: set[int] = set()
    at = 0
    while at < len(doc) and at < 4:
        if doc[at].is_punct and doc[at].text in (",", "–", "—", "...", "…") and found:
            found.add(at)
        elif doc[at].lower_ in _OPENERS and doc[at].dep_ not in ("nsubj", "det", "preconj", "neg", "attr"):
            following = doc[at + 1] if at + 1 < len(doc) else None
            light = doc[at].lower_ == "so" and following is not None and following.pos_ in ("PRON", "DET", "PROPN")
            if doc[at].lower_ in (
                "still",
                "instead",
                "no",
                "well",
                "so",
                "also",
                "otherwise",
                "then",
                "overall",
            ) and not (light or (following is not None and following.text == ",")):
                break
            found.add(at)
        else:
            break
        at += 1
    lowered = [t.lower_ for t in doc]
    present = set(lowered)
    for words in _OPENING_PHRASES:
        if not present.issuperset(words):
            continue
        for start in range(len(doc) - len(words)):
            after = start + len(words)
            if lowered[start:after] == words and lowered[after] == "," and (start == at or lowered[start - 1] == ","):
                found.update(range(start, after + 1))
    for token in doc[1:]:
        last = token.i + 1 >= len(doc)
        if token.lower_ in ("however", "therefore", "though", "meanwhile", "moreover", "indeed") and (
            doc[token.i - 1].text == "," and (last or doc[token.i + 1].is_punct)
        ):
            found.update((token.i - 1, token.i))
            if not last and doc[token.i + 1].text == ",":
                found.add(token.i + 1)
    return found

"""A claim while it is made: words of a sentence in their new order, with words put in, and how they are written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Word = int | str
"""A token of the sentence by its index, or a word that the sentence does not have."""

_CLOSES = re.compile(r"^(?:[,.;:!?%)\]}’”»…]+$|['’]s?$|n['’]t$|['’](?:re|ve|ll|d|m)$)")
_OPENS = ("(", "[", "{", "$", "€", "£", "“", "‘", "«")
_CONTRACTED = {"'s": "is", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_CONNECTIVE = re.compile(
    r"^(?:so|and|but|or|yet|hence|thus|therefore|nor)\s+(?!far\b|many\b|much\b|long\b)", re.IGNORECASE
)
_TRAILING = re.compile(r",? (?:but|and|or)$")
_LOOSE_END = re.compile(r", [^,]{2,30} of (?:which|whom)$")
_FIGURES = frozenset({"CARDINAL", "ORDINAL", "DATE", "TIME", "QUANTITY", "PERCENT", "MONEY"})
_EDGE = " ,;:–—-"


@dataclass(frozen=True, slots=True)
class Draft:
    """Words of one proposition. ``head`` is the token that says it; ``rules`` names what was done, first to last."""

    words: tuple[Word, ...]
    head: int
    rules: tuple[str, ...]
    attribution: tuple[Word, ...] = ()

    def with_rule(self, rule: str) -> Draft:
        """Return the draft with one more rule named."""
        return replace(self, rules=(*self.rules, rule))


def render_words(doc: Doc, words: Sequence[Word], replaced: Mapping[int, tuple[int, str]] | None = None) -> str:
    """Return the words as text. ``replaced`` maps the first token of a mention to its end and what stands for it."""
    pieces: list[str] = []
    previous: int | None = None
    skipped = range(0)
    for at, word in enumerate(words):
        if isinstance(word, str):
            _append(pieces, word, glued=False)
            previous = None
            continue
        if word in skipped and previous is not None:
            previous = word
            continue
        skipped = range(0)
        glued = previous == word - 1 and not doc[previous].whitespace_
        text = doc[word].text
        if replaced and word in replaced:
            end, text = replaced[word]
            skipped = range(word + 1, end)
            if pieces and text.startswith(("The ", "A ", "An ")):
                text = text[:1].lower() + text[1:]
            glued = glued and not (doc[word].text.startswith("'") and text[:1].isalpha())  # "I'm" -> "Ann is"
        elif doc[word].is_sent_start and pieces and _is_common(doc[word]):
            text = text[:1].lower() + text[1:]
        elif doc[word].pos_ == "AUX" and doc[word].lower_ in _CONTRACTED:
            glued, text = False, _expand_auxiliary(doc[word])
        elif doc[word].lower_ in ("a", "an") and doc[word].dep_ == "det" and at + 1 < len(words):
            text = _fit_article(doc, word, words[at + 1])
        _append(pieces, text, glued=glued)
        previous = word
    return tidy("".join(pieces))


def _fit_article(doc: Doc, article: int, following: Word) -> str:
    """Return "a" or "an" as the word that now follows wants it; before its old neighbour it stays as it is."""
    old = str(doc[article].text)
    if following == article + 1 or isinstance(following, str):
        return old
    vowel = doc[following].lower_[:1] in "aeio" or bool(re.match(r"u(?!ni|s[eu]|rop)", doc[following].lower_))
    fitting = "an" if vowel and not doc[following].lower_.startswith(("eu", "one")) else "a"
    return fitting.capitalize() if old[0].isupper() else fitting


def _is_common(token: Token) -> bool:
    """Tell a word that has its capital only from the start of its sentence."""
    plain = token.pos_ not in ("PROPN", "X") and (not token.ent_type_ or token.ent_type_ in _FIGURES)
    return plain and not token.text.isupper() and token.text[1:].islower() and token.text != "I"


def _expand_auxiliary(token: Token) -> str:
    """Return the full form of "'s", "'re", "'ve" ..., so that a noun can take the place of the pronoun before it."""
    if token.lower_ == "'s" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in ("been", "had", "got"):
        return "has"
    if token.lower_ == "'s":
        return "has" if token.lemma_ == "have" or (token.head.tag_ == "VBN" and token.dep_ == "aux") else "is"
    if token.lower_ == "'d":
        return "had" if token.head.tag_ == "VBN" else "would"
    return _CONTRACTED[token.lower_]


def _append(pieces: list[str], text: str, *, glued: bool) -> None:
    text = text.strip()
    if not text:
        return
    if pieces and not glued and not _CLOSES.match(text) and not pieces[-1].endswith(_OPENS):
        pieces.append(" ")
    pieces.append(text)


def tidy(text: str) -> str:
    """Return a phrase without doubled or dangling signs and spaces."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:!?%)\]])", r"\1", text)
    text = re.sub(r"\(\s*[,;]?\s*\)", "", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"[,;:]\s*([.!?])", r"\1", text)
    text = re.sub(r"\s+", " ", text)
    return text.strip(_EDGE)


def finish_sentence(text: str) -> str:
    """Return ``text`` as a sentence: capital first, one full stop last, lone quotation marks dropped."""
    text = tidy(text).rstrip(_EDGE + ".")
    for opening, closing in (("“", "”"), ("«", "»")):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    text = tidy(text).rstrip(_EDGE + ".")
    if not text:
        return ""
    text = _CONNECTIVE.sub("", text)
    text = _TRAILING.sub("", text)
    text = _LOOSE_END.sub("", text)
    first = next((at for at, char in enumerate(text) if char.isalnum()), 0)
    if text[first].islower() and not re.match(r"[a-z]+[A-Z0-9]", text[first:]):
        text = text[:first] + text[first].upper() + text[first + 1 :]
    return text if text.endswith(("!", "?", "…", '."', ".”", '!"', '?"')) else text + "."


def token_indices(words: Iterable[Word]) -> list[int]:
    """Return the tokens of the sentence among the words, in order."""
    return [word for word in words if isinstance(word, int)]

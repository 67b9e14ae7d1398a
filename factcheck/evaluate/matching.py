"""When does a predicted claim say what a gold claim says, and which predicted claim goes with which gold claim.

The rule, in full. Both texts become multisets of stemmed content words and numbers ("1,664" and "1664" are one; "US",
"U.S." and "United States" are one, and so are "€2m" and "€2 million"). Similarity is the weighted Dice coefficient of
the two, where a gold word that the gold claim's own sentence does not have (an editor took it from elsewhere) weighs
half. It is 0 where

* a number of the gold claim that stands in its sentence is missing from the prediction;
* each has a number that the other has not, and the prediction's does not stand in the sentence (a wrong figure);
* each names somebody or something that the other does not; names that neither claim takes from the sentence are left
  out for the gold claim unless the prediction brings in a name from elsewhere too (a wrong antecedent);
* one is negated and the other is not.

A number that only the prediction has costs a fifth (it says more), and so does a pronoun that only the prediction has
(it does not stand by itself). From ``THRESHOLD`` on, two claims may be matched; predicted and gold claims are matched
one to one so that the sum of similarities is greatest (Kuhn 1955, Munkres 1957, in O(n^3) after Jonker and Volgenant).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 0.6
_CONTEXT_WEIGHT = 0.5
_PENALTY = 0.8
_STOP = frozenset(
    "a an the of in on at to for from by with as and or but so than that this these those it its he his him she "
    "her they their them we our us i my you your who whom whose which what where when there here is are was were "
    "be been being am has have had having do does did will would can could may might shall should must also about "
    "into over under up down out off then too very just only even still already such s t per via both each all "
    "any some while whereas although though if because since after before during until between among not no never "
    "none neither nor n't".split()
)
_NEGATIONS = re.compile(r"(?i)\b(?:not|never|none|neither|nor|nobody|nothing|cannot|no)\b|n't\b")
_PRONOUNS = frozenset("it its he his him she her they their them we our us i my this that these those".split())
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"half": "1/2", "third": "1/3", "quarter": "1/4", "twice": "2x", "hundred": "100", "thousand": "1000"}
_SAME = (
    (re.compile(r"\b(?:United States(?: of America)?|U\.S\.A?\.?|USA)(?=\W|$)"), "US"),
    (re.compile(r"\b(?:United Kingdom|U\.K\.|Great Britain)(?=\W|$)"), "UK"),
    (re.compile(r"\bArtificial [Ii]ntelligence\b"), "AI"),
    (re.compile(r"\bper ?cent\b"), "%"),
    (re.compile(r"(?<=[$€£¥])(\d[\d.,]*) ?m\b"), r"\1 million"),
    (re.compile(r"(?<=[$€£¥])(\d[\d.,]*) ?bn\b"), r"\1 billion"),
    *(
        (re.compile(rf"\b{m[:3]}t?\.(?= )"), m)
        for m in "January February August September October November December".split()
    ),
)
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?|%")


@dataclass(frozen=True, slots=True)
class _Reading:
    words: Counter[str]
    numbers: frozenset[str]
    names: frozenset[str]
    negated: bool
    pronouns: frozenset[str]
    starts: frozenset[str] = frozenset()


def measure_similarity(predicted: str, gold: str, sentence: str = "") -> float:
    """Return how far two claims say the same, in [0, 1]; the module says how. ``sentence`` is the gold claim's own."""
    return _compare(_read(predicted), _read(gold), _read(sentence) if sentence else None)


def measure_similarities(
    predicted: Sequence[str], gold: Sequence[str], sentences: Sequence[str]
) -> NDArray[np.float64]:
    """Return the similarities as an array of shape (predicted, gold)."""
    left = [_read(text) for text in predicted]
    right = [_read(text) for text in gold]
    around = [_read(text) if text else None for text in sentences]
    table = np.zeros((len(left), len(right)))
    for row, a in enumerate(left):
        for column, (b, context) in enumerate(zip(right, around, strict=True)):
            table[row, column] = _compare(a, b, context)
    return table


def assign(similarities: NDArray[np.float64], *, threshold: float = THRESHOLD) -> list[tuple[int, int]]:
    """Return the pairs (predicted, gold) of the one-to-one matching with the greatest sum of similarities.

    Pairs below ``threshold`` are worth nothing and are never returned. Ties go to the lower indices.
    """
    if similarities.size == 0:
        return []
    worth = np.where(similarities >= threshold, similarities, 0.0)
    transposed = worth.shape[0] > worth.shape[1]
    cost = -(worth.T if transposed else worth)
    pairs = [(r, c) for r, c in _hungarian(cost) if cost[r, c] < 0]
    return sorted((c, r) if transposed else (r, c) for r, c in pairs)


def _hungarian(cost: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the cheapest assignment of every row to a column; rows must not outnumber columns."""
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    owner = np.zeros(m + 1, dtype=int)
    for row in range(1, n + 1):
        owner[0] = row
        column = 0
        least = np.full(m + 1, np.inf)
        used = np.zeros(m + 1, dtype=bool)
        way = np.zeros(m + 1, dtype=int)
        while owner[column] != 0:
            used[column] = True
            reduced = cost[owner[column] - 1] - u[owner[column]] - v[1:]
            better = ~used[1:] & (reduced < least[1:])
            least[1:][better] = reduced[better]
            way[1:][better] = column
            following = int(np.argmin(np.where(used, np.inf, least)[1:])) + 1
            delta = least[following]
            u[owner[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            column = following
        while column:
            owner[column] = owner[way[column]]
            column = int(way[column])
    return [(int(owner[c]) - 1, c - 1) for c in range(1, m + 1) if owner[c]]


def _compare(predicted: _Reading, gold: _Reading, context: _Reading | None) -> float:
    if predicted.negated != gold.negated:
        return 0.0
    own_numbers = gold.numbers if context is None else gold.numbers & context.numbers
    own_names = gold.names if context is None else gold.names & context.names
    extra_numbers = predicted.numbers - gold.numbers
    foreign_numbers = extra_numbers if context is None else extra_numbers - context.numbers
    if own_numbers - predicted.numbers or (foreign_numbers and gold.numbers - predicted.numbers):
        return 0.0
    extra_names = predicted.names - gold.names - gold.starts
    unsaid = {name for name in gold.names | gold.starts if name not in predicted.words}
    foreign_names = extra_names if context is None else extra_names - context.names - context.starts
    if (own_names - predicted.names and extra_names) or (foreign_names and unsaid):
        return 0.0
    weight = {w: 1.0 if context is None or w in context.words else _CONTEXT_WEIGHT for w in gold.words}
    shared = sum(min(count, gold.words[w]) * weight.get(w, 1.0) for w, count in predicted.words.items() if w in weight)
    total = sum(count * weight.get(w, 1.0) for w, count in predicted.words.items())
    total += sum(count * weight[w] for w, count in gold.words.items())
    similarity = 2 * shared / total if total else 0.0
    if extra_numbers:
        similarity *= _PENALTY
    if predicted.pronouns - gold.pronouns:
        similarity *= _PENALTY
    return similarity


def _read(text: str) -> _Reading:
    text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    for pattern, name in _SAME:
        text = pattern.sub(name, text)
    words: Counter[str] = Counter()
    numbers: set[str] = set()
    names: set[str] = set()
    starts: set[str] = set()
    pronouns: set[str] = set()
    for at, found in enumerate(_TOKEN.finditer(text)):
        token = found.group()
        lower = token.lower().removesuffix("'s")
        if token[0].isdigit():
            value = token.replace(",", "").rstrip(".")
            words[value] += 1
            numbers.add(value)
        elif lower in _NUMBER_WORDS and lower not in ("one", "third", "quarter"):
            words[_NUMBER_WORDS[lower]] += 1
            numbers.add(_NUMBER_WORDS[lower])
        elif token == "US" or lower not in _STOP:
            words[_stem(lower)] += 1
            if token[0].isupper():
                (names if at else starts).add(_stem(lower))
        if lower in _PRONOUNS and token != "US":
            pronouns.add(lower)
    return _Reading(
        words,
        frozenset(numbers),
        frozenset(names),
        bool(_NEGATIONS.search(text)),
        frozenset(pronouns & _SUBJECTS),
        frozenset(starts),
    )


_SUBJECTS = frozenset("it he him she they them we i this these those".split())


def _stem(word: str) -> str:
    """Return a crude stem, enough to make "grew out of reporting" forms meet: plural, -ed, -ing, -ly, -e."""
    word = word.replace("'", "")
    for suffix, least in (("ies", 5), ("ing", 6), ("ed", 5), ("es", 5), ("ly", 6), ("s", 4)):
        if word.endswith(suffix) and len(word) >= least and not (suffix == "s" and word.endswith(("ss", "us", "is"))):
            word = word[: -len(suffix)] + ("y" if suffix == "ies" else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word

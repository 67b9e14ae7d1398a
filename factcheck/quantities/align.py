"""Whether two figures are about the same thing: what is measured, whose it is, unit and time.

Each pair of figures gets features from the parse (shared words by nearness, the counted noun, the verb, names, dates,
rise or level) and a logistic model over them says how likely it is that the two speak of the same thing. Its
coefficients were fitted on supported claims, where the figure that agrees is the aligned one and the others are not
(:func:`factcheck.evaluate.findings.fit_alignment`). Values are no feature: alignment must not know whether they agree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.quantities.dates import DateMention
from factcheck.quantities.lexicon import PERSONS, concept, opposites, singular
from factcheck.quantities.readings import Parsed, Reading
from factcheck.quantities.units import COUNT, conversion_factor

OWN_LIFT = 0.6
TOO_FAR = 50
SAME_TOPIC_NAMES = 2  # a passage that shares two names with the claim may well call the things by another word
PERSON_GROUPS = frozenset(concept(word) for word in PERSONS)
PEOPLE_GROUP = frozenset({concept("people")})
FEATURES = (
    "bias", "cosine", "head_same", "head_other", "verb_same", "verb_other", "owner_same", "owner_other", "owner_absent",
    "day_same", "day_other", "day_absent", "coverage", "missing", "direction_other", "margin", "alone", "projected",
    "order_same", "rate_other", "sentence_cover", "segment", "segment_margin", "crowd",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alignment:
    """A figure of the evidence that could be the one claimed: how likely, and what speaks against it.

    ``barred`` tells that it is another's or of another time, so that nothing may be announced from it.
    """

    reading: Reading
    probability: float
    features: Mapping[str, float]
    reason: str
    barred: bool = False


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the cosine of two bags of weighted words; 0 where one is empty."""
    if not left or not right:
        return 0.0
    dot = math.fsum(weight * right.get(word, 0.0) for word, weight in left.items())
    size = math.sqrt(math.fsum(w * w for w in left.values()) * math.fsum(w * w for w in right.values()))
    return dot / size if size else 0.0


def are_comparable(claimed: Reading, found: Reading) -> bool:
    """Whether two figures have units that convert into each other; counts do only with counts."""
    if claimed.mention is None or found.mention is None:
        return False
    return conversion_factor(found.mention.quantity.unit, claimed.mention.quantity.unit) is not None


def relate_days(claimed: Sequence[DateMention], found: Sequence[DateMention]) -> int:
    """Return 1 where a date near the one figure lies within one near the other, -1 where none does, 0 if undated."""
    left = [day for day in claimed[:2] if day.first and day.last]
    right = [day for day in found[:2] if day.first and day.last]
    if not left or not right:
        return 0
    for a in left:
        for b in right[:1] if len(right) > 1 and len(left) == 1 else right:
            if a.first and a.last and b.first and b.last and a.first <= b.last and b.first <= a.last:
                return 1
    return -1


def describe(
    claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed, rivals: Sequence[Reading]
) -> dict[str, float]:
    """Return the features of one pair of figures; ``rivals`` are all figures of the evidence it could be."""
    own = cosine(claimed.context, found.context)
    rivals = [rival for rival in rivals if rival is not found and not _is_same(rival, found)]
    others = [cosine(claimed.context, rival.context) for rival in rivals]
    segment = cosine(claimed.segment, found.segment)
    segments = [cosine(claimed.segment, rival.segment) for rival in rivals]
    near_c = {name: near for name, near in claimed.owners.items() if near > 0.2}
    near_f = {name: near for name, near in found.owners.items() if near > 0.2}
    shared = set(near_c) & set(near_f)
    weight = math.fsum(claimed.context.values()) or 1.0
    day = relate_days(claimed.days, found.days)
    sentence = sum(1 for word in claim.words if word in found.context) / (len(claim.words) or 1)
    verbs = bool(claimed.verb and found.verb)
    heads = bool(claimed.head and found.head)
    return {
        "bias": 1.0,
        "cosine": own,
        "head_same": float(bool(claimed.head & found.head)),
        "head_other": float(heads and not claimed.head & found.head),
        "verb_same": float(verbs and claimed.verb == found.verb),
        "verb_other": float(verbs and claimed.verb != found.verb),
        "owner_same": max((min(near_c[name], near_f[name]) for name in shared), default=0.0),
        "owner_other": float(bool(near_f) and bool(near_c) and not shared and bool(set(near_c) & evidence.owners)),
        "owner_absent": float(bool(near_c) and not set(near_c) & evidence.owners),
        "day_same": float(day > 0),
        "day_other": float(day < 0),
        "day_absent": float(bool(claimed.days) and day == 0),
        "coverage": math.fsum(w for word, w in claimed.context.items() if word in found.context) / weight,
        "missing": math.fsum(w for word, w in claimed.context.items() if word not in evidence.words) / weight,
        "direction_other": float(claimed.is_change != found.is_change),
        "margin": own - max(others, default=0.0),
        "alone": float(not others),
        "projected": float(claimed.projected != found.projected),
        "order_same": float(claimed.order == found.order),
        "rate_other": float(_rate(claimed) != _rate(found)),
        "sentence_cover": sentence,
        "segment": segment,
        "segment_margin": segment - max(segments, default=0.0),
        "crowd": math.log1p(len(evidence.numbers)),
    }


def _is_same(left: Reading, right: Reading) -> bool:
    """Whether two mentions give one figure or date twice ("6 October 1852 (1852-10-06)")."""
    if left.mention and right.mention:
        one, other = left.mention.quantity, right.mention.quantity
        return (one.value, one.high, one.unit) == (other.value, other.high, other.unit)
    if left.day and right.day:
        return (left.day.first, left.day.last, left.day.month_day) == (
            right.day.first,
            right.day.last,
            right.day.month_day,
        )
    return False


def _rate(reading: Reading) -> str:
    return reading.mention.per if reading.mention else ""


# fitted by factcheck.evaluate.findings.fit_alignment; the order is that of FEATURES
COEFFICIENTS: Mapping[str, float] = {
    "bias": -0.79, "cosine": 1.38, "head_same": 0.27, "head_other": -0.53, "verb_same": 0.70, "verb_other": 0.43,
    "owner_same": 0.36, "owner_absent": 0.17, "day_same": -0.22, "day_other": -0.93, "day_absent": -0.33,
    "coverage": 0.68, "missing": 0.58, "direction_other": -0.45, "margin": 1.06, "alone": 0.78, "projected": -0.73,
    "order_same": 0.70, "rate_other": -1.69, "sentence_cover": -1.82, "segment": 0.26, "segment_margin": 1.50,
    "crowd": -1.14,
}  # fmt: skip


def probability(features: Mapping[str, float], coefficients: Mapping[str, float] = COEFFICIENTS) -> float:
    """Return the logistic of the weighted features."""
    total = math.fsum(coefficients.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def align(claimed: Reading, claim: Parsed, evidence: Parsed) -> list[Alignment]:
    """Return the figures of the evidence with a unit that fits, the likeliest first, barred ones last."""
    rivals = [reading for reading in evidence.numbers if are_comparable(claimed, reading)]
    out = []
    for found in rivals:
        features = describe(claimed, found, claim, evidence, rivals)
        bar = bar_other(claimed, found, claim, evidence, rivals)
        reason = bar or explain(features, claimed, found)
        out.append(Alignment(found, probability(features), features, reason, bool(bar)))
    out = [_lift_own(item, out, claim) for item in out]
    return sorted(out, key=lambda item: (item.barred, -item.probability, item.reading.start))


def _lift_own(item: Alignment, items: Sequence[Alignment], claim: Parsed) -> Alignment:
    """Make likelier the only figure that is left when all others are another's or of another time."""
    free = [other for other in items if not other.barred]
    if item.barred or len(free) != 1 or len(items) == 1 or not item.reading.names & claim.names:
        return item
    return replace(item, probability=item.probability + (1 - item.probability) * OWN_LIFT)


def bar_other(claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed, rivals: Sequence[Reading]) -> str:
    """Return why a figure cannot be the claimed one: it is another's or for another time; "" where nothing says so.

    A name bars only where the passage has a figure of the claim's own name too ("the United States had 175, China 47"):
    a passage may call an owner by a word that is no name. A place bars where the passage names only other places.
    """
    if evidence.title and claim.owners and not any(evidence.speaks_of(name) for name in claim.owners):
        return f"the source does not speak of {_show(':' + min(claim.owners))}"
    own = {_bare(name) for name in claim.names}
    if any(own & {_bare(name) for name in rival.names} for rival in rivals):
        sorts = {name.partition(":")[0] for name in claim.names}
        its = {name for name in found.names if name.partition(":")[0] in sorts}
        if its and not own & {_bare(name) for name in found.names}:
            return f"it is that of {_show(min(its))}"
    places = {name for name in claim.names if name.startswith("place")}
    others = {name for name in evidence.names if name.startswith("place")}
    if places and not places & others and not any(name[6:] in evidence.text.lower() for name in places):
        if "world" in found.context and "world" not in claim.words:
            return "it is worldwide"
        if others & found.names:
            return f"it is that of {_show(min(others & found.names))}"
    if reason := _bar_kind(claimed, found, claim, evidence):
        return reason
    if found.role == "old" and claimed.role != "old" and claimed.days and not found.own_days:
        if any(relate_days(claimed.days, rival.own_days) > 0 for rival in rivals if rival is not found):
            return "it is for an earlier time"
    wanted = [day for day in (claimed.own_days or claimed.days) if day.first and day.last]
    have = [day for day in (found.own_days or found.days[:1]) if day.first and day.last]
    if wanted and have and all(relate_days(wanted, (day,)) < 0 for day in have):
        return f"it is for {have[0].text}"
    return ""


def _bar_kind(claimed: Reading, found: Reading, claim: Parsed, evidence: Parsed) -> str:
    """Return why two figures are of different kinds: far apart in size, index and count, other things counted."""
    if claimed.mention is None or found.mention is None:
        return ""
    vague = claimed.mention.spelled and claimed.mention.step == claimed.mention.quantity.value  # "billions"
    if claimed.head & found.head and not vague:
        return ""
    one, other = claimed.mention.quantity, found.mention.quantity
    if one.unit == COUNT and counts_other(claimed, found):
        return "other things are counted"
    factor = conversion_factor(other.unit, one.unit) or 1
    left, right = abs(one.value), abs(other.value * factor)
    if left and right and max(left, right) / min(left, right) >= TOO_FAR:
        return "they are too far apart in size to be of the same thing"
    if one.unit != COUNT:
        return ""
    if (one.value % 1 == 0) != (other.value % 1 == 0):
        return "one is a count and the other is not"
    if sum(evidence.speaks_of(name) for name in claim.owners) >= SAME_TOPIC_NAMES:
        return ""
    if claimed.head <= PEOPLE_GROUP and found.head & PERSON_GROUPS:
        return ""
    near = claimed.head & (set(found.context) | set(found.segment))
    if claimed.head and found.head and not near and not claimed.head & evidence.words:
        return "other things are counted"
    return ""


def counts_other(claimed: Reading, found: Reading) -> bool:
    """Whether what the one figure counts only describes what the other counts: cities, "city buses"."""
    if claimed.mention is None or found.mention is None or claimed.head & found.head:
        return False
    return _only_describes(claimed, found) or _only_describes(found, claimed)


def _only_describes(one: Reading, other: Reading) -> bool:
    words = _groups_of(other)
    counted = _groups_of(one)
    return bool(words and counted) and counted[-1] in words[:-1] and counted[-1] in one.head


def _groups_of(reading: Reading) -> list[str]:
    of = reading.mention.quantity.of if reading.mention else ""
    return [concept(singular(word.lower())) for word in re.split(r"[\s-]+", of) if word]


def bar_opposite(claimed: Reading, found: Reading) -> bool:
    """Whether a date belongs to the opposite event: the day of a death is not that of the birth."""
    near = {word for word, weight in found.context.items() if weight > 0.4} | set(found.segment)
    return any(opposites().get(word, frozenset()) & near for word in claimed.context if word not in near)


def _bare(name: str) -> str:
    return name.partition(":")[2]


def _show(name: str) -> str:
    name = _bare(name)
    return {"usa": "the United States", "uk": "the United Kingdom", "eu": "the EU"}.get(name, name.title())


def explain(features: Mapping[str, float], claimed: Reading, found: Reading) -> str:
    """Say in a few words what keeps two figures apart, the weightiest first."""
    if features["owner_other"]:
        return "it is that of another"
    if features["day_other"]:
        return "it is for another time"
    if features["direction_other"]:
        return "one is a level and the other a change"
    if features["projected"]:
        return "one is a projection and the other is not"
    if claimed.mention and claimed.mention.quantity.unit == COUNT and features["head_other"]:
        return "other things are counted"
    return "it does not say that the same is measured"

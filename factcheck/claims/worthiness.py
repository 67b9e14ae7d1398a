"""What a claim is about, whether documents could confirm or deny it, and how much it is worth checking.

Rules on the wording come first; a small trained model weighs what they say with features of the wording. The lists hold
words of judgement, forecast and advice, never topics.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factcheck.assets import models_dir
from factcheck.claims.features import compute_features, list_features
from factcheck.types import UNCHECKABLE_KINDS, Kind


@dataclass(frozen=True, slots=True)
class Assessment:
    """Kind, checkability and worth of a claim; ``p_checkable`` is the probability that documents could decide it."""

    kind: Kind
    checkable: bool
    p_checkable: float
    check_worthiness: float


_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundreds?|thousands?|millions?|billions?|"
    r"trillions?|half|third|quarter|twice|double[ds]?|tripled?|most|majority)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_FIGURE = re.compile(r"[$€£¥]\s?\d|\d[\d,.]*\s?(?:%|percent|per cent)|\d[\d,.]*")
_PREDICTION = re.compile(
    r"\b(?:will|won't|shall|is going to|are going to|is about to|are about to|likely to|may well|might|"
    r"(?:is|are) (?:set|poised|bound|expected|projected|forecast) to|could (?:soon|eventually|one day))\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:should|shouldn't|ought to|must|had better|need(?:s)? to (?:be )?(?!the)|let's|make sure|please|"
    r"we recommend|it is (?:advisable|recommended|worth))\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:beautiful|wonderful|terrible|awful|great|amazing|remarkable|impressive|magnificent|stunning|charming|"
    r"disgrace\w*|brilliant|foolish|absurd|best|worst|better|worse|important|critical|crucial|vital|essential|"
    r"undeniable|clear|obvious|honest|fair|unfair|sad|happy|lucky|unlucky|good|bad|nice|exciting|interesting|boring|"
    r"perhaps|arguably|seems?|appears?|looks? (?:like|optimistic|good|bad)|feels?|deserves?|worth|defining|"
    r"game-chang\w+|revolutionary|unprecedented|iconic|legendary|smart\w*|cheap talk|wrong|right|excellent|outstanding|"
    r"i think|i believe|in my (?:view|opinion)|personally|comfortable|powerful|ambitio\w+)\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"\b(?:means|refers? to|is defined as|stands for|is a term|is the term|is called|describes)\b", re.I
)
_VAGUE = re.compile(
    r"\b(?:some (?:say|people|argue)|many (?:say|believe|people)|everyone|everybody|nobody|somehow|a lot|things|stuff|"
    r"journey|landscape|ecosystem|game|world of|not just|more than just|almost no)\b",
    re.IGNORECASE,
)
_CAUSAL = re.compile(
    r"\b(?:because|due to|caused?|led to|leads to|owing to|thanks to|result(?:s|ed)? in|as a result)\b", re.I
)
_COMPARISON = re.compile(
    r"\b(?:than|compared (?:with|to)|twice|as (?:many|much|large|big|high) as|ahead of|behind|exceed\w*|outpac\w*|"
    r"similar to|unlike|gap|parity|fell from|rose from|grew from|up from|down from)\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\b(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|largest|biggest|smallest|highest|lowest|fastest|slowest|"
    r"oldest|youngest|longest|leading|top|record|most \w+|rank(?:s|ed|ing)?|only)\b",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\b(?:law|act|bill|ban(?:s|ned)?|tax|regulation|policy|policies|rule|subsid\w+|sanction\w*|tariff|"
    r"export controls?|parliament|ministry|government|court|legal|illegal|permit\w*|may not|must|require[sd]?|"
    r"forbid\w*|strategy|plan)\b",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"\b(?:according to|said|says|told|denie[sd]|promise[sd]?|accuse[sd]?|claim(?:s|ed)?|argue[sd]?|believe[sd]?|"
    r"doubt(?:s|ed)?|warn(?:s|ed)?|announce[sd]?|conclude[sd]?|founded|developed by|written by)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^(?:do(?:n't| not)?|never|always|start|consider|check|keep|make|let|avoid|try|use|remember|note|stop|go|take|"
    r"choose|ask|look|think|imagine|buy|visit|please|stay|call|send)\b(?! (?:is|was|are|were))",
    re.IGNORECASE,
)
_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]+")


@dataclass(frozen=True, slots=True)
class WorthinessModel:
    """The trained model: coefficients of shape (inputs + 1, 1) and (inputs + 1, kinds), the last row the bias."""

    checkable: NDArray[np.float64]
    kind: NDArray[np.float64]
    kinds: tuple[Kind, ...]

    @classmethod
    def load(cls) -> WorthinessModel | None:
        """Return the shipped model, ``None`` where it is missing or was made for other inputs."""
        file = models_dir() / "worthiness.json"
        if not file.is_file():
            return None
        data = json.loads(file.read_text(encoding="utf-8"))
        if data.get("inputs") != list_inputs():
            return None
        return cls(np.array(data["checkable"]), np.array(data["kind"]), tuple(Kind(k) for k in data["kinds"]))

    def assess(self, text: str) -> Assessment:
        """Return what the claim ``text`` is, by the model; the kind is the likeliest that fits its checkability."""
        row = np.array([*compute_inputs(text), 1.0])
        p_checkable = float(1 / (1 + np.exp(-(row @ self.checkable)[0])))
        checkable = p_checkable >= 0.5
        logits = row @ self.kind
        fitting = [at for at, kind in enumerate(self.kinds) if (kind not in UNCHECKABLE_KINDS) is checkable]
        kind = self.kinds[max(fitting, key=lambda at: (logits[at], -at))]
        return Assessment(kind, checkable, round(p_checkable, 3), rate_worth(text, p_checkable))


def list_inputs() -> list[str]:
    """Return the names of the model's inputs: the features and what the rules say."""
    return [*list_features(), *(f"rule:{kind}" for kind in Kind), "rule:checkable"]


def compute_inputs(text: str) -> list[float]:
    """Return the inputs of the model for a claim, one number per name of ``list_inputs``."""
    by_rules = assess_by_rules(text)
    ruled = [float(by_rules.kind is kind) for kind in Kind]
    return [*compute_features(text), *ruled, float(by_rules.checkable)]


def rate_worth(text: str, p_checkable: float) -> float:
    """Return how much a claim is worth checking: whether it can be decided, and how many figures and names it has."""
    concrete = min(1.0, 0.3 * len(_FIGURE.findall(text)) + 0.12 * len(_PROPER.findall(text)))
    return round(min(1.0, p_checkable * (0.5 + 0.5 * concrete)), 3)


def assess_by_rules(text: str, *, tag: str = "") -> Assessment:
    """Return what the claim ``text`` is by rules alone; ``tag`` is that of the word that carries it."""
    kind = _uncheckable_kind(text) or _checkable_kind(text, tag)
    checkable = kind not in UNCHECKABLE_KINDS
    p_checkable = 0.9 if checkable else 0.15
    return Assessment(kind, checkable, p_checkable, rate_worth(text, p_checkable))


def _uncheckable_kind(text: str) -> Kind | None:
    text = _PROPER.sub("X", text)  # "Nice" is a town, "Will" a man
    figures = len(_FIGURE.findall(_YEAR.sub("", text)))
    if _IMPERATIVE.match(text):
        return Kind.ADVICE
    if re.search(r"\bshould(?:n't)?\b|\bought to\b|\bhad better\b", text, re.I):
        return Kind.ADVICE
    if _DEFINITION.search(text):
        return Kind.DEFINITION
    if _PREDICTION.search(text) and not re.search(r"\b(?:expected|projected|forecast|planned|scheduled)\b", text, re.I):
        if not re.search(r"\b(?:law|takes? effect|legal|fine|wages?)\b", text, re.I):
            return Kind.PREDICTION
    if text.endswith("!"):
        return Kind.RHETORIC
    if _OPINION.search(text) and not figures:
        return Kind.OPINION
    if _VAGUE.search(text) and not figures:
        return Kind.VAGUE
    return None


def _checkable_kind(text: str, tag: str) -> Kind:
    bare = _YEAR.sub("", text)
    if _CAUSAL.search(text):
        return Kind.CAUSAL
    if _COMPARISON.search(text):
        return Kind.COMPARISON
    if _RANK.search(text):
        return Kind.RANK
    if _NUMBER.search(bare):
        return Kind.QUANTITY
    if _ATTRIBUTION.search(text):
        return Kind.ATTRIBUTION
    if _POLICY.search(text):
        return Kind.POLICY
    if _YEAR.search(text) and tag in ("VBD", "VBN"):
        return Kind.DATE
    return Kind.EVENT if tag in ("VBD", "VBN", "VBG") else Kind.STATE

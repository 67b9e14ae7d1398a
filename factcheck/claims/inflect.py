"""English verb forms: what a participle becomes when it has to carry a clause by itself. Pure, no model."""

from __future__ import annotations

import re
from enum import StrEnum

# base past participle; verbs that form both with -ed are left out.
_IRREGULAR_FORMS = """
arise arose arisen|awake awoke awoken|beat beat beaten|become became become|begin began begun|bend bent bent
bet bet bet|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|breed bred bred
bring brought brought|broadcast broadcast broadcast|build built built|burst burst burst|buy bought bought
cast cast cast|catch caught caught|choose chose chosen|cling clung clung|come came come|cost cost cost|cut cut cut
deal dealt dealt|dig dug dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten
fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled|fly flew flown
forbid forbade forbidden|forecast forecast forecast|forget forgot forgotten|forgive forgave forgiven
freeze froze frozen|get got got|give gave given|go went gone|grind ground ground|grow grew grown|hang hung hung
have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known
lay laid laid|lead led led|leave left left|lend lent lent|let let let|lie lay lain|light lit lit|lose lost lost
make made made|mean meant meant|meet met met|overcome overcame overcome|overtake overtook overtaken|pay paid paid
put put put|quit quit quit|read read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said
see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|shed shed shed
shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk
sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken|spend spent spent|spin spun spun|split split split
spread spread spread|stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|strive strove striven
swear swore sworn|sweep swept swept|swim swam swum|swing swung swung|take took taken|teach taught taught
tear tore torn|tell told told|think thought thought|throw threw thrown|undergo underwent undergone
understand understood understood|undertake undertook undertaken|upset upset upset|wake woke woken|wear wore worn
win won won|withdraw withdrew withdrawn|withstand withstood withstood|write wrote written
"""
_IRREGULAR = {
    base: (past, participle)
    for entry in _IRREGULAR_FORMS.replace("\n", "|").split("|")
    if entry.strip()
    for base, past, participle in [entry.split()]
}
_PASTS = frozenset({past for past, _ in _IRREGULAR.values()} | {"was", "were", "burnt", "learnt", "leapt", "dreamt"})
_DOUBLED = frozenset(
    "ban beg cap chat chip chop clap commit control cram crop dam defer dip drag drip drop equip fit flag flip "
    "grab grin grip hop incur jam jog knit log map mop nod occur omit pat permit pin plan plot plug pop prefer "
    "propel rebel refer regret rid rip rob rub scan scrap ship shop sip skip slam slap slip snap span spot star "
    "step stir stop strip submit tap tip top transfer transmit trap trim unplug wed wrap zip".split()
)
_VOWELS = "aeiou"
_ONE_SHORT_VOWEL = re.compile(r"(?!qu)[^aeiou]{1,3}[aeiou][bdfglmnprt]")


class Tense(StrEnum):
    """The tense that a made clause takes from the clause it was part of."""

    PRESENT = "present"
    PAST = "past"


def inflect_verb(lemma: str, tense: Tense, *, plural: bool) -> str:
    """Return the finite form of ``lemma`` for a third-person subject ("sweep", PAST -> "swept")."""
    if lemma == "be":
        return inflect_be(tense, plural=plural)
    if tense is Tense.PAST:
        return _IRREGULAR[lemma][0] if lemma in _IRREGULAR else _add_ed(lemma)
    return lemma if plural else _add_s(lemma)


def inflect_participle(lemma: str) -> str:
    """Return the past participle of ``lemma`` ("sweep" -> "swept")."""
    if lemma == "be":
        return "been"
    return _IRREGULAR[lemma][1] if lemma in _IRREGULAR else _add_ed(lemma)


def make_gerund(lemma: str) -> str:
    """Return the form of ``lemma`` in -ing ("put" -> "putting", "make" -> "making", "lie" -> "lying")."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    if lemma in _DOUBLED or _ONE_SHORT_VOWEL.fullmatch(lemma) or lemma in ("begin", "forget", "admit"):
        return lemma + lemma[-1] + "ing"
    return lemma + "ing"


def is_past_form(word: str) -> bool:
    """Tell whether a word can be a past tense at all: it ends in -ed or is an irregular past ("swept", "was")."""
    word = word.lower()
    return word.endswith(("ed", "'d")) or word in _PASTS or any(word.endswith(past) for past in _PASTS if len(past) > 4)


def inflect_be(tense: Tense, *, plural: bool) -> str:
    """Return "is", "are", "was" or "were"."""
    if tense is Tense.PAST:
        return "were" if plural else "was"
    return "are" if plural else "is"


def _add_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    if lemma in _DOUBLED or _ONE_SHORT_VOWEL.fullmatch(lemma):
        return lemma + lemma[-1] + "ed"
    return lemma + "ed"


def _add_s(lemma: str) -> str:
    if lemma == "have":
        return "has"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    return lemma + "s"

"""Words that mean the same where figures are compared, names of one owner, and words that give a figure its role.

These are general English, chosen from statistics, business, sport, science and encyclopaedic prose; none is there for a
particular article.
"""

from __future__ import annotations

import re
from functools import lru_cache

_GROUPS = """
rise increase grow growth climb gain jump soar surge expand up add advance improve more higher lift
fall decrease decline drop shrink sink sank slip slide slid tumble plunge lower reduce cut lose loss down slump fewer
people inhabitant resident population person citizen populace live man individual
dead death die kill fatality casualty perish toll decease
birth born bear
jobless unemployment unemployed
revenue sale turnover
earn make bring collect take gross receive earnings income
profit surplus
cost price worth value pay expense spend expenditure
worker employee staff job employ employment workforce personnel
company firm business enterprise corporation
build construct erect construction
begin start commence launch open found establish inception
end finish complete close conclude cease
release publish issue
make produce manufacture output production yield turn
buy purchase acquire acquisition
win victory triumph beat defeat
review critic reviewer
rating rate score approval
movie film picture
kid child
use consume consumption usage
own hold have possess
visit visitor attend attendance
tourist visitor
export ship shipment
vote ballot poll election
win award prize
infect infection case
confirm report record
big large great huge
small little tiny
length long
height high tall elevation
width wide across
depth deep
area cover square
speed fast quick velocity
age old
weight weigh heavy
pupil student
car vehicle automobile
home house dwelling housing
aeroplane airplane plane aircraft
ship vessel boat
road street highway
physician doctor
budget
debt owe
loan lend borrow
marry marriage wedding
play appear appearance
goal score
match game
seat
sell sale sold
country nation state
city town
total overall altogether combined
world worldwide global globally globe international internationally
other elsewhere outside
crowd attendance
average mean
subscriber user member membership
download
view watch viewer audience
capacity
generate generation power electricity
emit emission
land landing
leave depart departure quit
arrive arrival reach
join
come
serve service
write author
sign signature
record log
""".strip().splitlines()

_ALIASES = {
    "u.s.": "usa", "us": "usa", "u.s": "usa", "united states": "usa", "united states of america": "usa",
    "america": "usa",
    "american": "usa", "americans": "usa", "washington": "usa", "u.s.a.": "usa",
    "uk": "uk", "u.k.": "uk", "united kingdom": "uk", "britain": "uk", "british": "uk", "great britain": "uk",
    "prc": "china", "chinese": "china", "beijing": "china", "people's republic of china": "china",
    "eu": "eu", "e.u.": "eu", "european union": "eu", "european": "europe", "worldwide": "world", "global": "world",
    "globally": "world", "globe": "world", "international": "world", "world": "world", "aws": "amazon web services",
    "un": "united nations", "u.n.": "united nations", "uae": "united arab emirates", "holland": "netherlands",
    "dutch": "netherlands", "french": "france", "german": "germany", "germans": "germany", "spanish": "spain",
    "greek": "greece", "swiss": "switzerland", "danish": "denmark", "danes": "denmark", "swedish": "sweden",
    "swedes": "sweden", "finnish": "finland", "finns": "finland", "norwegian": "norway", "norwegians": "norway",
    "polish": "poland", "poles": "poland", "czech": "czechia", "czech republic": "czechia", "turkish": "turkey",
    "irish": "ireland", "scottish": "scotland", "welsh": "wales", "portuguese": "portugal", "italian": "italy",
    "italians": "italy", "hungarian": "hungary", "austrian": "austria", "belgian": "belgium", "japanese": "japan",
    "korean": "south korea", "korea": "south korea", "vietnamese": "vietnam", "thai": "thailand", "indian": "india",
    "russian": "russia", "russians": "russia", "moscow": "russia", "ukrainian": "ukraine", "kyiv": "ukraine",
    "brazilian": "brazil", "mexican": "mexico", "canadian": "canada", "canadians": "canada", "australian": "australia",
    "argentine": "argentina", "chilean": "chile", "peruvian": "peru", "israeli": "israel", "iranian": "iran",
    "iraqi": "iraq", "egyptian": "egypt", "saudi": "saudi arabia", "kenyan": "kenya", "nigerian": "nigeria",
    "south african": "south africa", "ethiopian": "ethiopia", "pakistani": "pakistan", "indonesian": "indonesia",
    "malaysian": "malaysia", "taiwanese": "taiwan", "taipei": "taiwan", "african": "africa", "asian": "asia",
}  # fmt: skip

KNOWN_OWNERS = frozenset(_ALIASES.values())

UP = frozenset(
    """rise increase grow climb gain jump soar surge expand up add advance improve lift double triple quadruple growth
    higher""".split()
)
DOWN = frozenset(
    """fall decrease decline drop shrink sink sank slip slide slid tumble plunge lower reduce cut lose loss down slump
    halve contract ease dip fewer less shrinkage""".split()
)
LARGER = frozenset("larger bigger higher greater longer older heavier taller wider faster dearer".split())
SMALLER = frozenset("smaller lower lesser shorter younger lighter narrower slower cheaper fewer less".split())
PROJECTION = re.compile(
    r"\b(?:expect(?:s|ed|ing)?|forecast(?:s|ed)?|project(?:s|ed|ion|ions)|predict(?:s|ed|ion)?|plan(?:s|ned"
    r"|ning)?|target(?:s|ed)?|aim(?:s|ed|ing)?|goal"
    r"|will|would|could|may|might|intend(?:s|ed)?|hope[sd]?|propos(?:e|es|ed|al)|wants?|due to|set to|on track to"
    r"|estimates? that by"
    r"|should reach|is to (?:be|reach|have)|are to be|were to be|scheduled|pledg(?:e|es|ed)|promis(?:e|es|ed)"
    r"|demand(?:s|ed)|calls? for)\b",
    re.IGNORECASE,
)
_OPPOSITE_GROUPS = """birth dead
begin end
release record
open close
marry divorce
buy sell
join leave
arrive leave
appoint resign
elect resign
build destroy
win lose""".splitlines()
# Nouns of persons: who counts them counts people.
PERSONS = frozenset(
    """people person inhabitant resident citizen member membership visitor attendance worker employee staff patient
    pupil student child woman man adult voter passenger volunteer participant player soldier guest tourist migrant
    refugee reader user customer spectator survivor victim juror delegate commuter driver teacher doctor nurse
    crowd audience""".split()
)
FLOW_VERBS = frozenset(
    "add build install hire recruit create open borrow leave join buy sell lose ship produce".split()
)


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _GROUPS:
        words = line.split()
        for word in words:
            table.setdefault(crude_stem(word), words[0])
    return table


_APART = {"station": "station", "stations": "station"}  # no form of a shorter word: a station is no state
_ENDINGS = (
    ("isation", 4), ("ization", 4), ("ations", 4), ("ation", 4), ("ments", 4), ("ment", 4), ("ness", 4), ("ities", 4),
    ("ity", 4), ("ions", 4), ("ion", 4), ("ings", 4), ("ing", 4), ("ers", 4), ("er", 4), ("ies", 3), ("ied", 3),
    ("ed", 4), ("es", 4), ("s", 3), ("al", 5), ("ly", 4), ("e", 4), ("y", 4),
)  # fmt: skip


@lru_cache(maxsize=65536)
def crude_stem(word: str) -> str:
    """Return a rough stem, so that "production" and "produce", "emitted" and "emission" have a chance to meet."""
    stem = word.lower()
    if stem in _APART:
        return _APART[stem]
    for ending, least in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= least:
            return stem[: -len(ending)]
    return stem


@lru_cache(maxsize=65536)
def concept(lemma: str) -> str:
    """Return the name of the group of words that a lemma belongs to, else its rough stem."""
    stem = crude_stem(lemma)
    return _groups().get(stem, stem)


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Return for each word group the groups of the opposite event: a birth is no death, a start no end."""
    table: dict[str, set[str]] = {}
    for line in _OPPOSITE_GROUPS:
        left, right = (concept(word) for word in line.split())
        table.setdefault(left, set()).add(right)
        table.setdefault(right, set()).add(left)
    return {name: frozenset(others) for name, others in table.items()}


def singular(word: str) -> str:
    """Return a regular plural in the singular, which is near enough to compare what is counted."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=65536)
def name_owner(text: str) -> str:
    """Return one name for an owner that is written in several ways ("U.S.", "American" -> "usa")."""
    name = re.sub(r"^(?:the|a|an)\s+|[’']s?$|\s+[\d.,]+$", "", text.strip().lower())
    return _ALIASES.get(name, name)

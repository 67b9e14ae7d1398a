"""What the wording of a claim shows, as numbers: the input of the kind and checkability models. Pure, no parser.

The words counted here are grammar, judgement, forecast and report; none is a topic, so that the models cannot learn
what a text is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WORDS = """
    will would could may might can should must is are was were be been has have had do does did not no never if
    because when while than more most less least first second only by according said says told a an the some many
    all every both each there it this that they we you i who which where as likely probably perhaps still already
    now ever once such too very so quite rather really simply just much often usually always mainly largely
""".split()
_LEXICONS = {
    "judgement": """
        good bad better best worse worst great terrible awful wonderful beautiful ugly charming impressive
        remarkable brilliant foolish absurd shameful disgrace triumph masterpiece mistake unfair fair wrong right
        clever smart smarter exciting boring interesting important critical crucial vital essential key undeniable
        clear obvious honest sad happy lucky nice excellent outstanding stunning magnificent amazing incredible
        ideal perfect poor weak strong comfortable healthy powerful worth deserves deserve flatters miracle wisely
        unwise reasonable ridiculous silly cheap optimistic pessimistic pleased problem courage sense defining
        revolutionary unprecedented legendary iconic
    """,
    "seeming": """
        seems seem appears appear looks look feels feel sounds probably perhaps arguably apparently presumably
        surely undoubtedly certainly hopefully
    """,
    "forecast": """
        will likely expected projected forecast set poised bound going soon someday next future expects expect might
        could may probably eventually predicted tomorrow unlikely
    """,
    "advice": """
        should must ought need needs avoid consider try remember check please never don't ensure advisable
        recommended recommend best ask bring start choose keep make let
    """,
    "defining": """
        means mean stands refers refer defined term process method practice concept kind type known called describes
    """,
    "report": """
        according said says told denies denied promised promises accused argues argued claims claimed believes
        believe believed doubts warns warned announced found finds review study report survey poll suggests
        suggested says concluded agree agrees blames regard considers consider predicted attributes estimates
        estimated critics opponents
    """,
    "cause": """
        because caused cause causes due owing thanks led leads result results resulted triggered forced allows
        allowed so therefore explains explain reflected reflects enables drove drives driven fueled
    """,
    "law": """
        law act ban bans banned tax taxes levy regulation policy policies rule rules legal illegal permit permits
        allowed forbidden forbids forbid requires require required must may parliament ministry government court
        licence license subsidy subsidies sanctions tariff tariffs restrictions strategy plan programme program
        scheme fund vote voted bill eligible exempt entitled applicants agencies treaty directive curfew quota
    """,
    "compare": """
        than compared twice half double doubled tripled fell rose grew dropped declined increased decreased risen
        leads lead trails remains remain overtaken dominant dominance parity fallen ahead behind exceeds exceed
        equal similar unlike same against up down higher lower larger smaller fewer gap
    """,
    "rank": """
        first second third fourth fifth last largest biggest smallest highest lowest fastest slowest oldest youngest
        longest leading top record only rank ranks ranked ranking tallest deepest busiest cheapest richest fewest
    """,
    "begin": """
        founded established launched opened introduced created born died began begun started signed published built
        elected completed took effect force patented released came expired since
    """,
    "big": """
        journey potential landscape ecosystem world game future people things everyone nobody everybody somebody
        history enough together never dream vision spirit soul
    """,
}
_LEXICON_SETS = {name: frozenset(words.split()) for name, words in _LEXICONS.items()}
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*|[%$€£¥]")
_PATTERNS: dict[str, Callable[[str], float]] = {
    "percent": lambda t: float(bool(re.search(r"\d\s?(?:%|percent|per cent)", t))),
    "money": lambda t: float(
        bool(re.search(r"[$€£¥]\s?\d|\b(?:dollars|euros|pounds|francs|kroner|yen|shillings)\b", t))
    ),
    "year": lambda t: float(bool(re.search(r"\b(?:1[5-9]|20)\d\d\b", t))),
    "full_date": lambda t: float(bool(re.search(r"\b\d{1,2} [A-Z][a-z]+ \d{4}|\b[A-Z][a-z]+ \d{1,2}, \d{4}", t))),
    "large": lambda t: float(bool(re.search(r"\b(?:hundred|thousand|million|billion|trillion|dozen)s?\b", t))),
    "number": lambda t: min(3.0, len(re.findall(r"(?<![\w.])\d[\d,.]*", re.sub(r"\b(?:1[5-9]|20)\d\d\b", "", t)))),
    "number_word": lambda t: float(
        bool(re.search(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter)s?\b", t))
    ),
    "is_a": lambda t: float(bool(re.search(r"^[^,]{2,50}? (?:is|are|was|were) an? ", t))),
    "bare_is_a": lambda t: float(bool(re.match(r"(?:An? )?[A-Za-z]+(?: [a-z]+)? (?:is|are) an? ", t))),
    "starts_if": lambda t: float(t.startswith(("If ", "Unless "))),
    "exclaims": lambda t: float(t.endswith("!")),
    "quoted": lambda t: float('"' in t or "“" in t),
    "first_person": lambda t: float(bool(re.search(r"\b(?:I|we|We|our|Our|us|my|My)\b", t))),
    "second_person": lambda t: float(bool(re.search(r"\b[Yy]ou(?:r|rs)?\b", t))),
    "superlative": lambda t: float(bool(re.search(r"\b(?:the )?(?:most \w+|\w{3,}est)\b", t))),
    "past_start": lambda t: float(bool(re.search(r"^\S+(?: \S+){0,5}? \w+ed\b", t))),
    "known_as": lambda t: float(bool(re.search(r"\b(?:is|are) (?:called|known as)|stands for\b", t))),
    "short": lambda t: float(len(t.split()) <= 6),
    "long": lambda t: float(len(t.split()) >= 20),
}


def list_features() -> list[str]:
    """Return the names of the features in the order of ``compute_features``."""
    return [*(f"word:{w}" for w in _WORDS), *(f"list:{n}" for n in _LEXICONS), *_PATTERNS, "names", "figures_and_names"]


def compute_features(text: str) -> list[float]:
    """Return the features of a claim, one number per name of ``list_features``."""
    tokens = _TOKEN.findall(text)
    common = [t for at, t in enumerate(tokens) if at == 0 or not t[0].isupper() or t == "I"]
    lowered = [token.lower().replace("’", "'") for token in common]
    present = set(lowered)
    names = sum(token[0].isupper() for token in tokens[1:])
    values = [float(word in present) for word in _WORDS]
    values += [float(min(2, sum(token in words for token in lowered))) for words in _LEXICON_SETS.values()]
    values += [pattern(text) for pattern in _PATTERNS.values()]
    figures = any(token[0].isdigit() for token in tokens)
    return [*values, min(names, 6) / 3, float(figures) * min(names, 3) / 3]

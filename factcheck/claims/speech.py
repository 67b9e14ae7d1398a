"""Who says it: reporting verbs with their content, "according to X", and quotations with their speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.claims.draft import Word
from factcheck.claims.tree import collect_subtree, find_subject, is_finite

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs whose content is reported; with others (deny, promise, accuse, doubt, fear) the saying itself is the claim.
REPORTING = frozenset(
    "say tell report state note add argue claim suggest find show write explain insist stress conclude estimate "
    "warn point announce confirm reveal admit acknowledge concede remark comment observe assert recall declare".split()
)
# "83 percent said that ..." is a count of answers, "some say ..." names nobody: the saying is the claim.
_INDEFINITE = frozenset(
    "percent % some many most few people others majority half respondents critics everyone nobody".split()
)
# "We show that ...", "these results suggest that ...": nobody else is quoted, the sentence stays whole.
_OWN_VOICE = frozenset("i we you this that these those our my it there".split())
_SAID = (
    r"(?:said|says|told|tells|added|adds|asked|asks|wrote|writes|explained|explains|noted|notes|admitted|admits|argued|"
    r"argues|claimed|claims|warned|warns|insisted|insists|stated|states|recalled|recalls|joked|replied|continued|"
    r"concluded|tweeted|posted|announced|declared|remarked|commented|observed|conceded)"
)
_QUOTE_FIRST = re.compile(rf'^"(?P<quote>[^"]+)"[,\s]+(?P<frame>[^"]*\b{_SAID}\b[^"]*?)[.\s]*$')
_QUOTE_BROKEN = re.compile(
    rf'^"(?P<quote>[^"]+?)[,.]?"[,\s]+(?P<frame>[^"]{{2,80}}\b{_SAID}\b[^"]{{0,60}}?|{_SAID}\b[^"]{{2,80}}?)[,.]\s+"(?P<more>[^"]+)"[.\s]*$'
)
_QUOTE_LAST = re.compile(rf'^(?P<frame>[^":]{{2,140}}?\b{_SAID}\b[^":]{{0,60}}?)\s*[:,]\s+"(?P<quote>[^"]+)"?[.\s]*$')
_QUOTE_ALONE = re.compile(r'^"(?P<quote>[^"]+)"?[.\s]*$')


_SAID_LAST = re.compile(
    rf"^(?P<what>[^:;]{{20,}}), (?P<who>(?:(?:the|a|an|his|her|its|their)\b|[A-Z])[^,:;]{{1,60}}?) "
    rf"(?:has |have |had )?(?P<said>{_SAID}|found|finds|reported|reports|expects|estimates|believes|reckons)"
    r"(?P<tail> (?:on|in) [^,:;]{3,30})?\.$"
)
_TWO_REPORTS = re.compile(
    rf"^(?P<frame>[^,;\":]{{2,80}}?\b(?:{_SAID}|found|finds|reported|reports|shows|showed|confirmed|concluded) that) "
    r"(?P<first>[^;:\"]{8,}?),? and that (?P<second>[^;:\"]{8,})$"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation taken apart: what is said, and the clause that names the speaker ("" where none does).

    ``common`` tells that the clause started with a small letter in the text ("said engineer Ana Ruiz").
    """

    quote: str
    frame: str
    common: bool = False


def find_quotation(text: str) -> Quotation | None:
    """Return the parts of a sentence that is a quotation with or without its speaker, ``None`` for anything else."""
    if found := _QUOTE_BROKEN.match(text):
        joined = found["quote"].rstrip(" ,") + (" " if found["more"][:1].islower() else ". ") + found["more"]
        return _quote(joined, found["frame"])
    if found := _QUOTE_FIRST.match(text):
        return _quote(found["quote"].rstrip(" ,"), found["frame"])
    if found := _QUOTE_LAST.match(text):
        return _quote(found["quote"], found["frame"])
    least = 4 if text.count('"') > 1 else 2  # a title or nickname stands between two signs
    if (found := _QUOTE_ALONE.match(text)) and len(found["quote"].split()) >= least:
        return Quotation(found["quote"], "")
    return None


def turn_report(doc: Doc) -> str:
    """Return "The panel found that A and B" for "A and B, the panel found"; "" where the parser sees the report."""
    found = _SAID_LAST.match(doc.text)
    if found is None or '"' in doc.text or re.search(r"\b(?:have|has|had|is|are|was|were|who|which)$", found["who"]):
        return ""
    verb = next((t for t in reversed(doc) if t.text == found["said"]), None)
    if verb is None or verb.dep_ == "ROOT" or (verb.dep_ == "parataxis" and find_subject(verb) is not None):
        return ""
    what = found["what"]
    common = doc[0].pos_ not in ("PROPN", "X") and not doc[0].ent_type_ and not doc[0].text.isupper()
    what = f"{what[:1].lower()}{what[1:]}" if common else what
    who = found["who"]
    return f"{who[:1].upper()}{who[1:]} {found['said']}{found['tail'] or ''} that {what}."


def split_reports(text: str) -> list[str]:
    """Return "X said that A." and "X said that B." for "X said that A and that B."; empty for anything else."""
    found = _TWO_REPORTS.match(text)
    if found is None:
        return []
    return [f"{found['frame']} {part.rstrip('.')}." for part in (found["first"], found["second"])]


def guess_speaker(frame: str) -> str:
    """Return the words before the verb of saying, up to a comma, for a clause that the parser did not understand."""
    found = re.match(rf"^(?P<who>[^,]{{2,60}}?)(?:,.*)?,?\s+{_SAID}\b", frame)
    return found["who"].strip() if found else ""


def _quote(quote: str, frame: str) -> Quotation:
    """Return the quotation with its clause put straight ("said X, 68" -> "X, 68, said.")."""
    frame = frame.strip(" ,.")
    inverted = re.match(rf"^({_SAID})\s+(?!that\b)(.+)$", frame)
    if inverted:
        comma = "," if "," in inverted[2] else ""
        frame = f"{inverted[2]}{comma} {inverted[1]}"
    return Quotation(quote, f"{frame[:1].upper()}{frame[1:]}.", common=frame[:1].islower())


def find_reported(verb: Token, shared: Token | None = None) -> list[Token]:
    """Return the clauses that a reporting verb reports, empty where ``verb`` reports nothing.

    :param shared: the subject that a verb behind "and" has in common with the one before it.
    """
    subject = find_subject(verb) or shared
    if verb.lemma_.lower() not in REPORTING or subject is None:
        return []
    if any(c.dep_ == "neg" for c in verb.children) or any(c.tag_ == "MD" for c in verb.children):
        return []
    conditions = (t for c in verb.children if c.dep_ == "advcl" for t in c.children if t.dep_ == "mark")
    if any(t.lower_ in ("if", "unless") for t in conditions):
        return []  # "If a code appears, the display shows that ..." holds only with its condition
    if subject.like_num or subject.lower_ in _INDEFINITE or subject.left_edge.lower_ in _OWN_VOICE:
        return []
    found = []
    for child in verb.children:
        if child.dep_ != "ccomp" or find_subject(child) is None or not is_finite(child):
            continue
        asks = any(c.dep_ in ("mark", "advmod") and c.lower_ in ("whether", "if", "how", "why") for c in child.children)
        if asks or child.doc[child.left_edge.i].tag_ in ("WP", "WRB", "WDT"):
            return []
        found.append(child)
    return found


def strip_source(doc: Doc) -> tuple[set[int], tuple[Word, ...]]:
    """Return the tokens of "according to X" or an inserted ", X said," with the commas, and those of X."""
    for token in doc:
        if token.lower_ == "according" and token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "to":
            source = next(
                (t for t in doc[token.i + 2 :] if t.dep_ == "pobj" and t.head.i in (token.i + 1, token.i)), None
            )
            if source is None:
                continue
            subtree = {i for i in collect_subtree(source) if i > token.i + 1}
            clauses = [c for c in source.children if c.dep_ in ("relcl", "appos") and c.i > source.i]
            beside = {i for c in clauses for i in collect_subtree(c) if doc[c.left_edge.i - 1].text == ","}
            last = _end_of_source(doc, source, max(subtree - beside))
            whole = {i for i in subtree - beside if i <= last} | beside
            name = tuple(sorted(i for i in whole - beside if not (doc[i].text == "," and i + 1 in beside)))
            return _with_commas(doc, {token.i, token.i + 1, *whole}), name
        if token.lemma_.lower() in REPORTING and token.dep_ == "parataxis":
            subject = find_subject(token)
            subtree = collect_subtree(token)
            if subject is not None and len(subtree) <= 12 and not any(c.dep_ == "ccomp" for c in token.children):
                name = tuple(sorted(collect_subtree(subject)))
                return _with_commas(doc, subtree), name
    return set(), ()


def _end_of_source(doc: Doc, source: Token, last: int) -> int:
    """Return where the name of a source ends: before a comma that is followed by a clause."""
    for at in range(source.i + 1, last):
        if doc[at].text == "," and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[at : last + 1]):
            return at - 1
    return last


def _with_commas(doc: Doc, tokens: set[int]) -> set[int]:
    first, last = min(tokens), max(tokens)
    taken = set(tokens)
    if first > 0 and doc[first - 1].text == ",":
        taken.add(first - 1)
    if last + 1 < len(doc) and doc[last + 1].text == ",":
        taken.add(last + 1)
    return taken

"""The pieces of one article read in order: references resolved, propositions made claims, the speaker remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck.claims.amounts import restore_magnitudes
from factcheck.claims.clauses import fill_clause, quote_claims
from factcheck.claims.dates import fill_dates
from factcheck.claims.draft import Draft, finish_sentence, render_words
from factcheck.claims.mentions import name_phrase
from factcheck.claims.opened import drop_open, is_empty_image
from factcheck.claims.pairs import Pair, find_pair, name_pair
from factcheck.claims.references import Resolved
from factcheck.claims.resolve import Resolver
from factcheck.claims.rewrite import Piece, Role
from factcheck.claims.speech import guess_speaker
from factcheck.claims.split import split_sentence
from factcheck.claims.substitute import apply_references
from factcheck.claims.tree import find_root, find_subject, is_finite, is_order
from factcheck.claims.units import Unit
from factcheck.claims.voice import find_voice
from factcheck.claims.worthiness import WorthinessModel, assess_by_rules
from factcheck.claims.years import fill_years, last_year
from factcheck.types import Article, BlockKind, Claim, Kind, Place, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc

_META = re.compile(
    r"(?i)^(?:in )?(?:this|the (?:following|present)) (?:article|report|post|guide|section|piece|essay|paper|chapter|"
    r"page)\b(?:,? (?:we|I))? (?:will )?(?:explores?|examines?|looks?|discuss\w*|covers?|explains?|describes?|reviews?|"
    r"outlines?|is (?:about|not))"
)
# What a body or country has figures of; a name before a figure is no such noun.
_MEASURES = frozenset(
    "revenue revenues sales profit profits loss losses debt income earnings cost costs spending budget population area "
    "inflation unemployment growth gdp staff employees members residents e-residents users customers visitors "
    "passengers "
    "attendance output production capacity exports imports turnover margin dividend orders book emissions wages prices "
    "tax taxes deficit surplus headcount workforce turnout bankruptcies coverage exports reserves investment".split()
)
# Orders to the reader about the text itself; real advice starts with other verbs.
_CALL = re.compile(
    r"(?i)^(?:explore|discover|learn|read|see|look|click|call|contact|subscribe|follow us|imagine|picture|meet|welcome|"
    r"thank|what an? \w+ (?:\w+ ){0,4}(?:it|this|that)|i may make mistakes|check important (?:facts|info)|"
    r"as an? (?:ai |large )*(?:language model|ai|assistant)|i(?:'m| am) (?:sorry|an? (?:ai|language))|"
    r"i (?:do not|don't|cannot|can't) (?:have|provide|tell|access|answer)|let me|let us|let's|here (?:is|are)|join us|"
    r"stay tuned|find out|check out)\b"
)


class Reader:
    """Reads the pieces of one article in order: resolves, splits and judges; remembers who spoke last."""

    def __init__(self, article: Article, model: WorthinessModel | None) -> None:
        self._article = article
        self._model = model
        self._resolver = Resolver(find_voice(article), title=article.title)
        self._speaker = ""
        self._spoke_in = -9
        self._count = 0
        self._year: int | None = None
        self._said = ""
        self._reported = ""
        self._main = ""
        self._heading = ""
        self._spoke_at = -9
        self._told = ""
        self._told_at = -9
        self._pair: Pair | None = None

    def read(
        self, unit: Unit, pieces: Sequence[tuple[Piece, Doc]], frame: tuple[Piece, Doc] | None = None
    ) -> Iterator[Claim]:
        """Yield the claims of a unit.

        :param frame: the clause behind a later sentence that names the speaker of the quotation which starts here.
        """
        if frame is not None:
            self._note_speaker(unit, *frame, {})
        yield from drop_open(list(self._read_pieces(unit, pieces)))
        self._year = last_year(unit.text)

    def _read_pieces(self, unit: Unit, pieces: Sequence[tuple[Piece, Doc]]) -> Iterator[Claim]:
        place = _place(self._article, unit)
        self._count += 1
        if unit.first_in_block and (dateline := self._read_dateline(unit)):
            self._resolver.note_place(dateline, block=unit.block)
        for piece, doc in pieces:
            if piece.role is Role.NAMES:
                self._resolver.note(doc, block=unit.block, is_title=unit.kind is BlockKind.TITLE)
                if unit.kind is BlockKind.TITLE and _names_only(doc):
                    self._heading = doc.text
                continue
            if piece.role is Role.FRAME:
                yield from self._read_frame(unit, piece, doc, place)
                continue
            near = unit.block - self._spoke_in <= 1 and self._count - self._spoke_at <= 2
            quoted = piece.role is Role.QUOTE and near
            if quoted:
                self._spoke_at = self._count
            if unit.speaker:
                yield from self._read_sentence(unit, piece, doc, place, speaker=unit.speaker)
                continue
            if _META.match(doc.text) or _CALL.match(doc.text):
                self._resolver.resolve(doc, block=unit.block)
                continue
            yield from self._read_sentence(unit, piece, doc, place, speaker=self._speaker if quoted else "")

    def _read_dateline(self, unit: Unit) -> str:
        """Return the place before the first sentence of a paragraph ("LISBON, May 3 – "), "" for none."""
        start = self._article.blocks[unit.block].span.start
        line = self._article.text[:start].rsplit("\n", 1)[-1].strip()
        place = line.split(",")[0].strip()
        if not line or not place[:1].isupper() or len(place.split()) > 4:
            return ""
        return place.title() if place.isupper() else place

    def _read_frame(self, unit: Unit, piece: Piece, doc: Doc, place: Place) -> Iterator[Claim]:
        """Yield what the clause that names a speaker tells of him, and remember the name."""
        resolved = self._resolver.resolve(doc, block=unit.block)
        self._note_speaker(unit, piece, doc, resolved.as_table())
        root = find_root(doc)
        if root is None:
            return
        for draft in split_sentence(doc):
            if draft.head != root.i:
                yield from self._make(unit, doc, place, draft, resolved, "")

    def _note_speaker(self, unit: Unit, piece: Piece, doc: Doc, table: Mapping[int, tuple[int, str]]) -> None:
        name = self._name_speaker(doc, table)
        if piece.rule == "common_speaker" and name.split(" ")[0] == doc[0].text:
            name = name[:1].lower() + name[1:]
        self._speaker = name
        self._told, self._told_at = name, self._count
        self._spoke_in = unit.block
        self._spoke_at = self._count

    def _name_speaker(self, doc: Doc, table: Mapping[int, tuple[int, str]]) -> str:
        """Return who speaks by a clause like "Ann Lee told the BBC"; "he said" is who was quoted last."""
        root = find_root(doc)
        subject = find_subject(root) if root is not None else None
        if subject is None:
            return guess_speaker(doc.text)
        just = self._told and self._count - self._told_at <= 1
        if subject.lower_ in _PERSONS and just and self._resolver.may_be_called(self._told, subject.lower_):
            return self._told
        named = subject
        if subject.pos_ != "PROPN":
            named = next((c for c in subject.children if c.dep_ == "appos" and c.pos_ == "PROPN"), subject)
        return name_phrase(named, table)

    def _read_sentence(self, unit: Unit, piece: Piece, doc: Doc, place: Place, *, speaker: str) -> Iterator[Claim]:
        aside = piece.rule.endswith("in_brackets") or piece.rule == "person" or unit.kind is BlockKind.TABLE_ROW
        resolved = self._resolver.resolve(doc, block=unit.block, speaker=speaker, aside=aside)
        said = self._said or self._main
        resolved = fill_clause(doc, resolved, said, self._reported)
        made: list[Claim] = []
        for draft in split_sentence(doc):
            ruled = replace(draft, rules=(piece.rule, *draft.rules)) if piece.rule else draft
            for named in name_pair(doc, ruled, self._pair):
                made += self._make(unit, doc, place, named, resolved, speaker)
        self._pair = find_pair(doc, resolved.as_table())
        if not made and unit.label and not doc.text.endswith("?") and len(doc) > 4:
            whole = Draft(tuple(range(len(doc))), 0, ("label", "whole"))
            made += self._make(unit, doc, place, whole, resolved, speaker)
        keeps = unit.kind is BlockKind.PARAGRAPH and piece.rule != "sentence_relative"
        if not made and keeps and _stands_alone(doc, unit.text):
            whole = Draft(tuple(range(len(doc))), 0, ("whole",))  # better one long claim than a sentence lost
            made += self._make(unit, doc, place, whole, resolved, speaker)
        self._said = quote_claims(doc, made)
        self._reported = self._said or quote_claims(doc, made, reported=True)
        self._main = self._said or quote_claims(doc, [c for c in made if c.rules[-1:] == ("sentence",)][:1])
        yield from made

    def _make(
        self, unit: Unit, doc: Doc, place: Place, draft: Draft, resolved: Resolved, speaker: str
    ) -> Iterator[Claim]:
        text, resolutions, unresolved = apply_references(doc, draft, resolved)
        attribution = render_words(doc, draft.attribution, resolved.as_table()) if draft.attribution else speaker
        attribution = attribution.removesuffix("'s")
        if draft.attribution and draft.attribution[0] == 0 and doc[0].pos_ == "NOUN" and not doc[0].ent_type_:
            attribution = attribution[:1].lower() + attribution[1:]  # "Women fear that ..."
        if attribution:
            self._told, self._told_at = attribution, self._count
        if attribution.lower() in _OPEN_SPEAKERS:
            unresolved = (*unresolved, attribution)
            text, attribution = f"{text.rstrip('. ')}, according to {_OPEN_SPEAKERS[attribution.lower()]}", ""
        if attribution and not unit.speaker and "according to" not in text.lower():
            text = f"{text.rstrip('. ')}, according to {_lower_determiner(attribution)}"
        if self._heading and unit.label_sign == "|":
            text = f"{text.rstrip('. ')} ({self._heading})"  # a figure of a table says nothing without its title
        text = restore_magnitudes(finish_sentence(text), unit.text)
        if "sentence_relative" in draft.rules and "This" in unresolved:
            return
        if "presupposed" in draft.rules and (unresolved or _PRONOUN_FIRST.match(text)):
            return
        if not _says_something(doc, draft) or is_empty_image(text):
            return
        if (
            len(text.split()) < 2
            or _LOOSE_START.match(text)
            or (_DANGLING.search(text) and not _ends_in_clause(doc, draft))
        ):
            return
        text, shifted = fill_years(text, unit.text, self._year)
        resolutions += tuple(Resolution(before, after, "year") for before, after in shifted)
        text, dated = fill_dates(text, self._article.published)
        resolutions += tuple(Resolution(before, after, "date") for before, after in dated)
        if unit.kind is BlockKind.BULLET or unit.label:
            text, owned = self._name_owner(text, doc)
            resolutions += owned
        head = doc[draft.head]
        found = self._model.assess(text) if self._model is not None else assess_by_rules(text, tag=head.tag_)
        if is_order(head):
            found = replace(found, kind=Kind.ADVICE, checkable=False, check_worthiness=min(found.check_worthiness, 0.2))
        yield Claim(
            id="",
            text=text,
            source=place,
            kind=found.kind,
            checkable=found.checkable,
            check_worthiness=found.check_worthiness,
            attribution=_lower_determiner(attribution) or None,
            rules=draft.rules,
            resolutions=resolutions,
            unresolved=unresolved,
        )

    def _name_owner(self, text: str, doc: Doc) -> tuple[str, tuple[Resolution, ...]]:
        """Return a bare figure with whose it is ("Revenue was 4 million" -> "Acme's revenue was 4 million")."""
        text = text.strip()
        named = any(e.label_ in ("ORG", "GPE", "PERSON", "NORP", "PRODUCT", "FAC") for e in doc.ents)
        figure = re.match(
            r"(?:The (?=[a-z]))?([A-Za-z][a-z-]+(?: [a-z-]+){0,4}) (?:is|are|was|were|rose|fell|grew) [^.]*\d", text
        )
        measured = figure is not None and not _MEASURES.isdisjoint(figure[1].lower().split())
        owner = self._resolver.find_owner() if measured and not named else ""
        if not owner or figure is None:
            return text, ()
        phrase = figure[1][:1].lower() + figure[1][1:]
        after = f"{owner}'{'' if owner.endswith('s') else 's'} {phrase}"
        return f"{after}{text[figure.end(1) :]}", (Resolution(figure[1], after, "owner"),)


def _names_only(doc: Doc) -> bool:
    """Tell a title that names what a table is about ("Municipal election, Vik, 2023") from one that tells something."""
    verbs = [t for t in doc if t.pos_ == "VERB" or (t.pos_ == "AUX" and t.lower_ != "am" and find_subject(t))]
    plain = not any(is_finite(t) for t in verbs) and doc.text[-1:] not in "?!."
    return plain and len(doc.text.split()) <= 12


def _says_something(doc: Doc, draft: Draft) -> bool:
    """Tell whether a draft has a finite verb, found or put in, is an order, or was kept whole for want of a parse."""
    if "whole" in draft.rules or any(isinstance(word, str) for word in draft.words):
        return True
    tokens = [doc[i] for i in draft.words if isinstance(i, int)]
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens) or is_finite(doc[draft.head]):
        return True
    return bool(doc[draft.head].tag_ == "VB")


def _stands_alone(doc: Doc, whole: str) -> bool:
    """Tell a sentence that states something, whatever its parse: long enough, with a full stop and a verb."""
    ended = doc.text.endswith(".") or (";" in whole and whole.endswith("."))
    return ended and len(doc) > 6 and any(t.pos_ in ("VERB", "AUX") for t in doc)


def _ends_in_clause(doc: Doc, draft: Draft) -> bool:
    """Tell a last word that is the verb of a relative clause ("the energy it has") from one that lacks its object."""
    last = draft.words[-1] if draft.words else ""
    last = last - 1 if isinstance(last, int) and doc[last].text == "." else last
    if not isinstance(last, int) or last == draft.head:
        return False
    token = doc[last].head if doc[last].dep_ == "prep" else doc[last]
    return token.dep_ in ("relcl", "pcomp") and token.i != draft.head


_PRONOUN_FIRST = re.compile(r"(?i)(?:its|his|her|their|our|my|your|whose)\b")
_PERSONS = frozenset({"he", "she"})
_LOOSE_START = re.compile(r"(?:Which|Who|Whom|Whose)\b|(?:[\w'-]+ ){1,5}of (?:which|whom)\b")
_OPEN_SPEAKERS = {
    "he": "him", "she": "her", "they": "them", "it": "it", "who": "somebody", "some": "some", "others": "others",
}  # fmt: skip
_DANGLING = re.compile(
    r"(?i)\b(?:with|to|of|for|by|include|includes|the|and|or|(?:is|are|was|were|does|do|did|has|have|will|would|can|could)"
    r"(?: not| too|n't)?)[.]$"
)


def _lower_determiner(text: str) -> str:
    first = text.split(" ", 1)[0]
    return (
        text[:1].lower() + text[1:]
        if first in ("The", "A", "An", "Its", "His", "Her", "Their", "Some", "Two")
        else text
    )


def _place(article: Article, unit: Unit) -> Place:
    start, end = unit.view.offsets[0], unit.view.offsets[-1] + 1
    return Place(start, end, article.text[start:end], unit.section)

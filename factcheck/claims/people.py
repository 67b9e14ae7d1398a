"""Nouns that say what a person is or does, for telling "he" and "she" from "it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSON_NOUNS = frozenset(
    "man woman boy girl mother father parent brother sister sibling son daughter wife husband widow widower uncle "
    "aunt nephew niece cousin grandmother grandfather friend neighbour neighbor baby child president minister mayor "
    "governor senator congressman congresswoman ambassador diplomat commissioner councillor delegate politician "
    "doctor professor teacher lecturer author director chief chairman chairwoman chair ceo founder co-founder owner "
    "entrepreneur spokesman spokeswoman spokesperson scientist researcher engineer driver farmer officer detective "
    "inspector sergeant judge lawyer attorney prosecutor defendant plaintiff victim suspect witness king queen prince "
    "princess emperor empress duke duchess pope bishop priest monk pastor preacher imam rabbi nun player coach "
    "trainer captain referee goalkeeper striker defender midfielder forward winger champion athlete runner swimmer "
    "cyclist skier boxer actor actress singer writer poet painter sculptor composer musician dancer novelist "
    "playwright journalist reporter editor presenter broadcaster photographer filmmaker designer architect builder "
    "carpenter baker butcher cook chef waiter waitress fisherman sailor soldier general colonel admiral pilot "
    "astronaut chemist physicist biologist historian economist critic philosopher mathematician astronomer leader "
    "resident predecessor successor keeper vet nurse midwife surgeon physician dentist patient student pupil graduate "
    "apprentice manager secretary treasurer chancellor clerk accountant banker trader investor analyst consultant "
    "adviser advisor expert scholar curator librarian inventor explorer traveller tourist visitor passenger guest "
    "tenant landlord customer buyer seller thief murderer robber refugee migrant activist campaigner veteran "
    "pensioner retiree volunteer entertainer comedian host guide candidate opponent rival heir teen orphan producer "
    "conductor drummer guitarist mechanic technician worker employee colleague partner boss assistant intern speaker "
    "chairperson hunter collector dealer gardener shepherd prisoner hostage donor voter citizen immigrant adult "
    "infant pedestrian motorist commuter reader viewer listener".split()
)
MALE_NOUNS = frozenset(
    "man boy father brother son husband uncle nephew grandfather widower king prince emperor duke pope monk chairman "
    "spokesman congressman fisherman actor waiter mr sir lord".split()
)
FEMALE_NOUNS = frozenset(
    "woman girl mother sister daughter wife aunt niece grandmother widow queen princess empress duchess nun chairwoman "
    "spokeswoman congresswoman actress waitress midwife mrs ms miss lady madam dame".split()
)
_BUILT = ("er", "or", "ist", "ian", "ess")


def is_person_noun(noun: Token) -> bool:
    """Tell a common noun that says what somebody is, by the list or by how it is built ("guitarist", "actor")."""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (lemma in PERSON_NOUNS or lemma.endswith(_BUILT))

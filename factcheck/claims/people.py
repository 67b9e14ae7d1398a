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
# First names that are given to one sex alone, in English and the languages around it.
MALE_NAMES = frozenset(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark "
    "donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary "
    "nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick "
    "jack dennis jerry tyler aaron henry adam douglas nathan peter zachary kyle walter harold jeremy ethan carl keith "
    "roger gerald christian lawrence sean arthur albert joe willie bruce ralph roy eugene louis philip bobby harry "
    "oliver simon martin graham neil ian alan colin stuart hugh hans karl wolfgang jürgen klaus dieter pierre jean-luc "
    "jacques françois antoine luis carlos jose josé juan miguel pedro jorge fernando diego pablo javier marco giovanni "
    "giuseppe luca matteo lars erik olav sven nils bjørn mohammed muhammad ahmed ali omar ibrahim hassan vladimir "
    "sergei dmitri ivan boris igor nikolai rajesh sanjay vijay hiroshi kenji takeshi tom tim jim bill bob ben sam dan "
    "mike steve dave greg fred ted leo max felix oscar victor hugo otto emil".split()
)
FEMALE_NAMES = frozenset(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley "
    "kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy "
    "kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine helen debra rachel carolyn "
    "janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn "
    "judith megan cheryl andrea hannah martha jacqueline frances gloria ann anne teresa sara janice jean alice julia "
    "grace amber denise danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla sophia isabella "
    "meghan elisabeth claire fiona nicola gemma lucy harriet eleanor ingrid astrid freya heidi ursula monika petra "
    "sabine brigitte chantal isabelle sylvie nathalie carmen lucia elena rosa pilar ines giulia chiara francesca paola "
    "fatima aisha leila yasmin natasha olga svetlana irina tatiana priya anjali sunita yuki keiko jane kate katie "
    "beth sue pam jill rose ellen eva ida ella mia zoe chloe nina clara agnes edith florence".split()
)
_BUILT = ("er", "or", "ist", "ian", "ess")


def is_person_noun(noun: Token) -> bool:
    """Tell a common noun that says what somebody is, by the list or by how it is built ("guitarist", "actor")."""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (lemma in PERSON_NOUNS or lemma.endswith(_BUILT))

"""Lines without a predicate made into sentences: labels, dash descriptions, bullets under an unfinished line.

Only the verb that the layout stands for is put in ("Attendance: 1,312" -> "The attendance is 1,312"); a line that
cannot be completed without guessing gives nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.claims.inflect import Tense, inflect_be, inflect_verb
from factcheck.claims.tree import find_subject, is_finite, is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPEN_ENDS = frozenset(
    "to may can could must will would shall should include includes included including with by for that of are is "
    "was were from into as against following".split()
)
# "It:" above bullets that go on with a verb.
_BARE_SUBJECTS = frozenset("it he she they we you this".split())
_NAMED_MEMBERS = re.compile(
    r"(?P<all>(?:The|Its|Their|These|Those|[A-Z]\S*(?: \S+){0,3}'s) .*\b[a-z]+s(?: .*)?) (?P<be>are|were)$"
)
_NAME_LIST = re.compile(
    r"(?P<all>(?:The|Its|Their|These|Those|Some|[A-Z]\S*(?: \S+){0,3}['’]s?) [^:,]*\b[a-z]+s(?: [^:,]*)?) "
    r"(?P<be>are|were): "
    r"(?P<names>[^:;()]+?)\.?$"
)
_NAMED_PART = re.compile(
    r"(?:Two|Three|Four|Some|Several) of (?:the |its |their |his |her )?[^,:;.]{2,50}, "
    r"(?P<names>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)*(?:(?:,| and|, and) [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)*)+), "
    r"(?P<rest>(?:(?:have|has|had|are|were|do|did|will|would|can|could)\b|[a-z]+(?:ed|ew|[aeo]ll|ent|ook|ame|old|on)\b).*)$"
)
_WHAT_THEY_DO = re.compile(
    r"(?i)^what (?P<who>.{2,60}?) (?P<can>can(?:not|'t)?|must(?: not)?|should(?: not)?|may|will)(?: do)?$"
)
_SUM = re.compile(
    r"(?i)(?:(?:more|less) than |over |about |around |nearly |almost |some |up to |at least |roughly )?"
    r"(?:[$€£¥]\s?\d|\d[\d.,]*\s(?:thousand|million|billion|trillion)\b)"
)
_SUMS = re.compile(
    r"(?i)\b(plan|pledge|investment|budget|deal|offer|bid|commitment|loan|debt|loss|profit|fine|promise|bet|order)(?:s|es)\b"
)
_AFTER_VERB = frozenset("a an the more less no its their up down about only over".split())
_LETTING = frozenset("let lets make makes help helps helped made can may must will to could should".split())
_GRANTS = re.compile(r"(?i)\b(?:act|bill|law|plan|program(?:me)?|fund|initiative|budget|scheme|package|grants?)\b")
_GENERIC_LABEL = re.compile(
    r"(?i)^(?:certainly not|not quite|yes|no|short answer|answer|in short|summary|note|tip|my advice|advice|result|"
    r"bottom line|conclusion|tl;?dr|title|source|"
    r"update|example|question|q|a|step \d+|either way|warning|caution|fact|myth|pros?|cons?|verdict|why|how|when|what)$"
)


def has_predicate(doc: Doc) -> bool:
    """Tell whether a parsed stretch has a finite verb with its subject, or is an order."""
    root = _root(doc)
    if root is None:
        return False
    if is_finite(root) and find_subject(root) is not None:
        clear = root.tag_ != "VBN" or any(c.dep_ in ("aux", "auxpass", "dobj") for c in root.children)
        return clear or doc.text.endswith((".", "!"))
    order = root.tag_ == "VB" and root.pos_ == "VERB" and find_subject(root) is None
    conditional = any(c.dep_ == "advcl" and c.i < root.i for c in root.children)
    return order and (root.i <= 2 or conditional)


def states_alone(doc: Doc) -> bool:
    """Tell a clause before a colon ("Later studies cast doubt on it: ...") from a label that has a verb in it."""
    root = _root(doc)
    subject = find_subject(root) if root is not None else None
    if root is None or subject is None or len(doc) < 5:
        return False
    return root.tag_ in ("VBD", "VBZ") and root.pos_ == "VERB" and subject.i < root.i and not is_open_line(doc)


def is_open_line(doc: Doc) -> bool:
    """Tell a line before a list that says nothing yet ("It includes:", "To counter growth:", "Since then:")."""
    root = _root(doc)
    if root is None or not (is_finite(root) and find_subject(root) is not None):
        return True
    words = [t for t in doc if not t.is_punct]
    return words[-1].lower_ in _OPEN_ENDS or (words[-1] == root and len(words) <= 4)


def complete_label(label: str, sign: str, doc: Doc, label_doc: Doc, *, lead_in: str = "") -> str:
    """Return a sentence for "label: rest" where ``doc`` is the parsed rest; "" where there is none to make."""
    rest = str(doc.text)
    if sign == "|":
        row, _, column = label.partition("|")
        be = "are" if column.endswith("s") and not column.endswith("ss") else "is"
        return f"The {_lower_first(column)} of {row} {be} {rest}."
    if has_predicate(doc):
        return str(rest)
    if _GENERIC_LABEL.match(label):
        return rest[:1].upper() + rest[1:] if rest.endswith(".") and len(doc) >= 4 else ""
    name = re.sub(r"\s*\([^)]*\)$", "", label) if not re.search(r"\d", label) else label
    noun = _root(label_doc)
    plural = noun is not None and is_plural(noun)
    first, root = doc[0], _root(doc)
    if root is not None and "includ" in lead_in.lower() and is_plural(root) and first.pos_ not in ("DET", "NUM"):
        return ""  # a glossary: each item says what its own label means
    if root is None or noun is None or noun.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "X"):
        return ""
    misread = first.tag_ == "NNS" and rest[:1].islower() and len(doc) > 1 and doc[1].lower_ in _AFTER_VERB
    if misread or (first.tag_ in ("VBZ", "VBD", "VBP") and root.i <= 1):
        return f"{name} {_lower_first(rest)}"
    gerund = first.lower_.endswith("ing") and len(first) > 6 and sign != ":" and len(doc) > 4 and first.pos_ != "PROPN"
    if (first.tag_ == "VBG" and first.pos_ == "VERB") or gerund:
        return f"{name} {inflect_verb(_strip_ing(first), Tense.PRESENT, plural=plural)} {doc[1:].text}"
    if noun.pos_ == "PROPN" and _SUM.match(rest) and not _GRANTS.search(label):
        return _say_sum(name, rest, lead_in)
    be = inflect_be(Tense.PRESENT, plural=plural)
    if (
        first.tag_ == "VBN"
        or first.pos_ in ("ADJ", "ADV", "ADP")
        or first.lower_ in ("up", "down", "no", "none", "not")
    ):
        return f"{_with_article(name, label_doc)} {be} {_lower_first(rest)}"
    if first.text in ("$", "€", "£") and _GRANTS.search(label):
        return f"{_with_article(name, label_doc)} provides {rest}"
    if _is_list(doc) and first.pos_ != "DET":
        return f"{_with_article(name, label_doc)} {'include' if plural else 'includes'} {_lower_first(rest)}"
    return f"{_with_article(name, label_doc)} {be} {_lower_first(rest)}"


def _say_sum(name: str, rest: str, lead_in: str) -> str:
    """Return whose amount it is ("Acme's plan is 3 billion euros"), called as the line above calls it.

    Nobody is an amount of money.
    """
    called = _SUMS.search(lead_in)
    if called is None:
        return f"The figure for {name} is {_lower_first(rest)}"
    return f"{name}'{'' if name.endswith('s') else 's'} {called[1].lower()} is {_lower_first(rest)}"


def complete_bullet(lead_in: str, doc: Doc) -> str:
    """Return the bullet joined to the unfinished line above it, "" where that line is finished."""
    line = lead_in.rstrip().rstrip(":").rstrip()
    last_sentence = re.split(r"(?<=[.!?])\s+", line)[-1]
    words = last_sentence.split()
    if not words:
        return ""
    rest = _lower_first(doc.text) if doc[0].ent_type_ == "" and doc[0].pos_ != "PROPN" else doc.text
    if (asked := _WHAT_THEY_DO.match(last_sentence)) is not None:
        return f"{asked['who'][:1].upper()}{asked['who'][1:]} {asked['can']} {rest}"
    opens = words[-1].lower().strip(",") in _OPEN_ENDS | _BARE_SUBJECTS
    opens = opens or (doc[0].tag_ == "VB" and any(w.lower() in _LETTING for w in words))
    if (members := _NAMED_MEMBERS.match(last_sentence)) is not None and is_name(doc):
        be = "was" if members["be"] == "were" else "is"
        return f"{doc.text.rstrip('.')} {be} one of {lower_opening(members['all'])}."
    infinitive = doc[0].lower_ == "to" and len(words) > 3
    if opens or infinitive:
        return f"{last_sentence} {rest}"
    return ""


def is_name(doc: Doc) -> bool:
    """Tell a stretch that is only the name of somebody or something."""
    root = _root(doc)
    return root is not None and root.pos_ == "PROPN" and len(doc) <= 8 and not any(t.pos_ == "VERB" for t in doc)


def split_name_list(text: str) -> list[str]:
    """Return "A is one of the albums of X", "B is ..." for "The albums of X are: A, B and C."; empty for no such list.

    :param text: one sentence.
    """
    found = _NAME_LIST.match(text)
    if found is None:
        return []
    names = [name.strip() for name in re.split(r",\s+(?:and\s+)?|\s+and\s+(?=[^,]*$)", found["names"])]
    names = [name for name in names if name]
    if len(names) < 3 or not all(name[0].isupper() and len(name.split()) <= 6 for name in names):
        return []
    be = "was" if found["be"] == "were" else "is"
    return [f"{name} {be} one of {lower_opening(found['all'])}." for name in names]


def split_named_members(text: str) -> list[str]:
    """Return "A approved it.", "B approved it." for "Two of them, A and B, approved it."; empty for anything else."""
    found = _NAMED_PART.match(text)
    if found is None or re.search(r"\b(?:each|both|together|jointly|between)\b", text):
        return []
    names = re.split(r", (?:and )?| and ", found["names"])
    rest = found["rest"]
    for plural, singular in (("have ", "has "), ("are ", "is "), ("were ", "was "), ("do ", "does ")):
        rest = singular + rest[len(plural) :] if rest.startswith(plural) else rest
    return [f"{name} {rest}" for name in names] if 2 <= len(names) <= 4 else []


def lower_opening(text: str) -> str:
    """Return a phrase as it stands within a sentence: "The albums" -> "the albums"; a name keeps its capital."""
    return _lower_first(text) if text.split(" ", 1)[0].lower() in _FUNCTION_STARTS else text


def complete_fragment(doc: Doc) -> str:
    """Return a sentence for a noun phrase with a participle, a direction or a figure; "" for anything else."""
    root = _root(doc)
    if root is None:
        return ""
    text = doc.text.rstrip(". ")
    subject = find_subject(root)
    if root.tag_ == "VBN" and subject is not None and subject.i < root.i:
        return _insert(doc, root.i, inflect_be(Tense.PAST, plural=is_plural(subject)))
    if root.pos_ in ("NOUN", "PROPN"):
        be = inflect_be(Tense.PAST, plural=is_plural(root))
        for child in root.children:
            if (
                child.dep_ == "acl"
                and child.tag_ == "VBN"
                and child.i > root.i
                and doc[child.left_edge.i - 1].text != ","
            ):
                return _insert(doc, child.left_edge.i, be)
            if child.lower_ in ("up", "down") and child.i > root.i and doc[child.i - 1].text != ",":
                return _insert(doc, child.i, be)
        preposition = next(
            (c for c in root.children if c.dep_ == "prep" and c.lower_ == "of" and c.i == root.i + 1), None
        )
        if preposition is not None and any(t.like_num for t in preposition.subtree):
            return f"{doc[: preposition.i].text} {be} {doc[preposition.i + 1 :].text.rstrip('. ')}."
    if doc[0].like_num and root.pos_ == "NOUN":
        return f"There are {_lower_first(text)}."
    return ""


def _strip_ing(token: Token) -> str:
    """Return the base form of a word in -ing, also where the tagger took it for a noun."""
    lemma = str(token.lemma_.lower())
    if not lemma.endswith("ing"):
        return lemma
    stem = lemma[:-3]
    if stem.endswith(("ag", "at", "iz", "us", "uc", "in", "ov", "id", "rv", "ak", "vid")) or stem[-1:] in (
        "v",
        "c",
        "z",
    ):
        return stem + "e"
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem


def _insert(doc: Doc, at: int, word: str) -> str:
    return f"{doc[:at].text} {word} {doc[at:].text}"


def _root(doc: Doc) -> Token | None:
    return next((t for t in doc if t.dep_ == "ROOT"), None)


def _is_list(doc: Doc) -> bool:
    return doc.text.count(",") >= 2 and any(t.lower_ == "and" for t in doc) and not doc[0].like_num


def _with_article(name: str, label_doc: Doc) -> str:
    """Return the label with "the" where it is a common noun in the singular."""
    first = label_doc[0]
    if first.pos_ in ("DET", "PRON", "PROPN", "NUM") or first.tag_ in ("NNS", "NNPS", "VBG"):
        return name
    noun = _root(label_doc)
    if noun is None or is_plural(noun) or noun.pos_ == "PROPN" or (len(label_doc) == 1 and noun.pos_ != "NOUN"):
        return name
    if _GRANTS.search(name) and name[:1].isupper():
        return f"The {name}"
    return name


def _lower_first(text: str) -> str:
    if text[:1].isupper() and text.split()[0].lower() in _FUNCTION_STARTS:
        return text[0].lower() + text[1:]
    return text[0].lower() + text[1:] if text[:1].isupper() and text[1:2].islower() else text


_FUNCTION_STARTS = frozenset(
    "the a an to in on at by for with no not its their our his her this that these those".split()
)

"""Who speaks in a text: the author of a column, the speaker of an address, the company of a newsletter."""

from __future__ import annotations

import re

from factcheck.claims.references import UNNAMED, Voice
from factcheck.types import Article, BlockKind

_NAME = r"(?:(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|al|bin)\s+){1,4}[A-ZÀ-Þ][\w'’-]+"
_BYLINE = re.compile(rf"^(?:By|Written by)\s+(?P<name>{_NAME})")
_ADDRESS = re.compile(
    rf"\b(?:Remarks|Speech|Address|Statement|Testimony|Keynote|Lecture|Message|Letter)\s+(?:by|of|from)\s+(?P<name>{_NAME})"
)
# The note on the author below a column ("Ann Lee teaches physics in Cork").
_NOTE = re.compile(
    rf"^(?P<name>{_NAME})(?: (?:is an? |is the |teaches |writes |works |lives |edits |runs )|['’]s .{{0,40}}\b"
    r"(?:novel|book|memoir|column|history|biography)\b)"
)
# The name below the title or at the end of a letter, with an office or a place ("Ann Lee, Cork", "– Ann Lee").
_SIGNED = re.compile(rf"^(?:[–—-]\s*)?(?P<name>{_NAME})(?:, [^.!?;:]{{2,50}})?$")
_INTERVIEW = re.compile(rf"\b(?:with|meets?|to)\W+(?P<name>{_NAME})")
_OPENING_NAME = re.compile(rf"^(?P<name>{_NAME})(?=,| [a-z])")
# "Summary of a report by Health Access Watch"
_MADE_BY = re.compile(
    r"\b(?i:report|study|survey|analysis|briefing|review|audit|statement|investigation) (?:by|from) (?:the )?"
    r"(?P<name>(?:[A-ZÀ-Þ][\w&'’.-]*(?: (?:of|for) )? ?){2,6})$"
)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_FIRST_SINGULAR = re.compile(
    r"(?P<numeral>\b(?:[Cc]omplex|[Tt]ype|[Pp]hase|[Cc]lass|[Ss]tage|[Gg]rade|[Pp]art|[Vv]olume|War|[Cc]hapter) )?"
    r"\bI(?:['’](?:m|ve|d|ll))?,? [a-z]|\b(?:my|My|me)\b"
)
_FIRST_PLURAL = re.compile(r"\b(?:we|We|our|Our|us)\b")


def find_voice(article: Article) -> Voice:
    """Return who "I" and "we" are; each "" where the text does not say or speaks of nobody in the first person."""
    body = " ".join(b.span.text for b in article.blocks if b.kind is not BlockKind.BOILERPLATE)
    plain = _QUOTED.sub(" ", body)
    singular = sum(m["numeral"] is None for m in _FIRST_SINGULAR.finditer(plain))
    plural = len(_FIRST_PLURAL.findall(plain))
    author, since = "", 0
    if singular:
        named = next((m for b in article.blocks[:4] if (m := _BYLINE.match(b.span.text))), None)
        named = named or next((m for b in article.blocks[:2] if (m := _ADDRESS.search(b.span.text))), None)
        named = (
            named or _find_signature(article) or _find_interviewed(article) or _NOTE.match(article.blocks[-1].span.text)
        )
        author = named["name"] if named else UNNAMED
        since = _find_first_answer(article) if named and _find_interviewed(article) is not None else 0
    maker = _find_maker(article) if plural and not singular else ""
    return Voice(author, maker or (_find_body(article) if plural >= 2 and not singular else ""), since)


def _find_first_answer(article: Article) -> int:
    """Return the block of the first question of an interview: what stands before it is said by the paper."""
    asked = (at for at, b in enumerate(article.blocks) if b.span.text.rstrip().endswith("?"))
    return next((at for at in asked if article.blocks[at].kind is not BlockKind.TITLE), 0)


def _find_signature(article: Article) -> re.Match[str] | None:
    """Return the name that stands alone in the second block or in one of the last two."""
    blocks = [b for b in article.blocks if b.kind is not BlockKind.BULLET]
    places = [*blocks[1:2], *blocks[-2:]] if len(blocks) > 4 else []
    return next((m for b in places if (m := _SIGNED.match(b.span.text.strip()))), None)


def _find_interviewed(article: Article) -> re.Match[str] | None:
    """Return who answers in an interview: the name in the title, or the first name of the paragraph below it."""
    blocks = [b for b in article.blocks if b.kind is not BlockKind.BOILERPLATE]
    asked = sum(b.span.text.rstrip().endswith("?") for b in blocks if b.kind is not BlockKind.TITLE)
    if asked < 2 or len(blocks) < 3:
        return None
    return _INTERVIEW.search(blocks[0].span.text) or _OPENING_NAME.match(blocks[1].span.text)


def _find_maker(article: Article) -> str:
    """Return the body that a report says it is by."""
    made_by = next((m for b in article.blocks[:3] if (m := _MADE_BY.search(b.span.text))), None)
    return made_by["name"].strip() if made_by is not None else ""


def _find_body(article: Article) -> str:
    """Return the name in the title that the text uses most, for a newsletter or press release that says "we"."""
    title = next((b.span.text for b in article.blocks if b.kind is BlockKind.TITLE), "")
    names = re.findall(
        r"(?<!to )(?<!in )(?<!at )(?<!on )(?:[A-ZÀ-Þ][\w&'’.-]*\s+){0,3}[A-ZÀ-Þ][\w&'’.-]*",
        title,
    )
    multi = [n for n in names if len(n.split()) >= 2 and not n.startswith(("The ", "A ", "How ", "Why "))]
    return multi[0].strip() if multi else ""

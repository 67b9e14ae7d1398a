"""The queries that pick what still stands, so that a long history is walked in its indexes and not read.

An event stands while no undo event names it. The last by ``(stamp, id)`` decides. :func:`factcheck.ledger.follow.fold`
says the same of events in memory.
"""

from __future__ import annotations

from factcheck.ledger.events import SETTLING

_SETTLING = ", ".join(f"'{action.value}'" for action in sorted(SETTLING))
# The plus takes the column's affinity away: with it the index on the expression could only be scanned, not searched.
_NOT_UNDONE = """NOT EXISTS (
    SELECT 1 FROM reviews AS back WHERE back.action = 'undo' AND json_extract(back.event, '$.undoes') = +act.id
)"""
_NEWEST = "ORDER BY act.stamp DESC, act.id DESC LIMIT 1"

LAST_STANDING = f"""
SELECT event FROM reviews AS act WHERE {{whose}} AND action != 'undo' AND {_NOT_UNDONE} {_NEWEST}
"""
"""The last event that stands; ``{whose}`` is a condition of ours."""

_LAST_OF_CLAIM = f"""
SELECT (
  SELECT act.seq FROM reviews AS act WHERE act.claim_key = wanted.value AND act.action IN ({{actions}})
    AND act.article_sha256 IN (SELECT value FROM json_each(?2)) AND {_NOT_UNDONE} {_NEWEST}
) FROM json_each(?1) AS wanted
"""
DECIDING = f"""
SELECT event FROM reviews WHERE seq IN (
  {_LAST_OF_CLAIM.format(actions=_SETTLING)}
  UNION ALL {_LAST_OF_CLAIM.format(actions="'edit'")}
  UNION ALL SELECT act.seq FROM reviews AS act WHERE act.claim_key IN (SELECT value FROM json_each(?1))
    AND act.action IN ('note', 'evidence') AND act.article_sha256 IN (SELECT value FROM json_each(?2))
    AND {_NOT_UNDONE}
) ORDER BY stamp, id
"""
"""What the states of claims are made of: ?1 the keys of the claims, ?2 the digests of the articles, as JSON lists."""

DECISIONS = f"""
SELECT event FROM reviews WHERE seq IN (
  SELECT (
    SELECT act.seq FROM reviews AS act WHERE act.claim_key = pair.claim_key AND act.article_sha256 = pair.article_sha256
      AND act.action IN ({_SETTLING}) AND {_NOT_UNDONE} {_NEWEST}
  ) FROM (SELECT DISTINCT claim_key, article_sha256 FROM reviews INDEXED BY reviews_by_decision) AS pair
) ORDER BY stamp, id
"""
"""The event that settled each claim, one for each article it was settled in."""

"""From an article to claims: units of text, propositions, references resolved, kind and worth."""

from factcheck.claims.extractor import ClaimExtractor, SpacyExtractor
from factcheck.claims.files import claims_to_json, read_claims, write_claims

__all__ = ["ClaimExtractor", "SpacyExtractor", "claims_to_json", "read_claims", "write_claims"]

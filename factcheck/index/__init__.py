"""Passages found for a query: FAISS over embeddings and BM25 over words, fused.

The index is one SQLite file beside a lock, made from the corpus folder and always makeable again. It is brought up to
date by document, in transactions, so that a kill, a full disk or a second process leaves it as it was before or after a
document, never between.
"""

from factcheck.index.fusion import fuse
from factcheck.index.hybrid import Index, Mode, check_index

__all__ = ["Index", "Mode", "check_index", "fuse"]

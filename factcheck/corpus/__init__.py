"""The reference documents: Markdown files with YAML front matter in one folder, read into passages.

The folder is the truth; everything else (the index) is made from it and can be made again. Files may be edited, dropped
in and deleted by hand at any time. Nothing here loads a model.
"""

from factcheck.corpus.document import FrontMatter, parse_document, read_document, render_document
from factcheck.corpus.folder import Corpus, CorpusFile, list_files, read_corpus
from factcheck.corpus.passages import split_passages
from factcheck.corpus.sentences import split_sentences
from factcheck.corpus.store import Added, Outcome, add_document, remove_document

__all__ = [
    "Added",
    "Corpus",
    "CorpusFile",
    "FrontMatter",
    "Outcome",
    "add_document",
    "list_files",
    "parse_document",
    "read_corpus",
    "read_document",
    "remove_document",
    "render_document",
    "split_passages",
    "split_sentences",
]

"""Documents of any form into the corpus, each as a Markdown file with front matter.

Reads what it is given and nothing else: addresses are fetched only when named, and never private ones unless allowed;
archives are not unpacked to disk; a file that cannot be read is refused with its reason and the others go on.

Libraries, chosen by licence, weight and upkeep: pypdf (BSD, pure Python) for PDF, python-docx (MIT), openpyxl (MIT),
trafilatura (Apache 2.0) for web pages, the standard library for EPUB, CSV and JSONL. Left: PyMuPDF and EbookLib (AGPL),
pdfplumber (slower, for layouts that passages do not keep), pypdfium2 (native code on files from anywhere), markitdown
and kreuzberg (one door to many forms, but page numbers and row headers are lost and many more packages come with them).
"""

from factcheck.ingest.add import AddedItem, AddSummary, Outcome, add_paths
from factcheck.ingest.form import Details

__all__ = ["AddSummary", "AddedItem", "Details", "Outcome", "add_paths"]

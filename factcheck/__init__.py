"""Check an article's claims against reference documents, offline, with the evidence shown."""

__version__ = "0.1.0"

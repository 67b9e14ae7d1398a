"""The errors that a user can meet. Each message holds the value, the limit and the way out; all exit with code 2."""


class FactcheckError(Exception):
    """Something the user can put right; the text says how."""


class BadArticle(FactcheckError):
    """The article cannot be read or holds nothing to check."""


class BadDocument(FactcheckError):
    """A reference document cannot be read or lacks what it must have."""


class BadWorkspace(FactcheckError):
    """The workspace or its corpus is missing, empty or not writable."""


class IndexStale(FactcheckError):
    """The index is damaged or was built by another encoder."""


class MissingModel(FactcheckError):
    """A model or an optional package is not installed; the text says what to install."""


class BadLedger(FactcheckError):
    """The ledger of reviews cannot be opened or written."""


class BadData(FactcheckError):
    """A file of labelled data or claims does not have the form it should."""

"""The review page and its HTTP API, on this machine only unless told otherwise."""

from factcheck.web.app import create_app
from factcheck.web.guard import Access
from factcheck.web.serve import serve

__all__ = ["Access", "create_app", "serve"]

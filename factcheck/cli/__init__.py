"""The command line: it parses, calls one library function, and prints."""

from factcheck.cli.main import main

__all__ = ["main"]

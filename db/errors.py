"""The one tree of expected errors: each is told in one line, with the place and the fix, and ends in exit code 1."""

from __future__ import annotations


class GongkaiError(Exception):
    """Something the user can mend: the message names the place and the fix."""


class ConfigError(GongkaiError):
    """A data file is wrong; the message holds every fault found, one a line (file:line: field: fault; fix)."""


class DatabaseError(GongkaiError):
    """The database is missing, locked, or of another version."""


class ArchiveError(GongkaiError):
    """A WARC file cannot be written or read as it must be."""

"""The declarative base and the column types that make SQLite and PostgreSQL agree.

Times are UTC; SQLite drops time zones, so UtcTime puts them back. Text is stripped of NUL and lone surrogates at
the border, which PostgreSQL refuses and SQLite stores.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, MetaData, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase

_BAD = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Text that both databases take: without NUL and lone surrogates."""
    return _BAD.sub("", text) if _BAD.search(text) else text


def clean_json(value: Any) -> Any:
    """The same for every string inside a JSON value."""
    said = json.dumps(value, ensure_ascii=False)
    return _clean(value) if "\\u0000" in said or _BAD.search(said) else value


def to_json(value: Any) -> str:
    """The spelling in which JSON lies in the database: Chinese as itself, half as long as escaped."""
    return clean_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(str(k)): _clean(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(v) for v in value]
    return value


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; a naive value is an error, not a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text, cleaned at the border."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean_text(value)


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: CleanText(), datetime: UtcTime(), dict[str, Any]: JSON(), list[Any]: JSON()}  # noqa: RUF012

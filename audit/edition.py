"""Editions as data: which indicators a rule set holds, whom each binds, and what each needs to know of a site."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from db.errors import ConfigError
from db.words import Level, Needs, Question, Site

FOLDER = Path(__file__).parent / "editions"


class Indicator(BaseModel):
    """One indicator: the category asked for, the subject year as an offset of the edition's, the levels it binds."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    title: str
    basis: str
    category: str
    year: int | None = None
    needs: Needs = Needs.ONE
    levels: tuple[Level, ...] = (Level.MUNICIPAL, Level.DISTRICT, Level.BUREAU)


class Edition(BaseModel):
    """One rule set. year: None takes the year of the day it is asked on."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    name: str
    year: int | None = None
    indicator: tuple[Indicator, ...]

    def year_at(self, today: date) -> int:
        """The year whose duties are held."""
        return self.year or today.year


def load(name: str) -> Edition:
    """An edition by id, or by the path of its file; every fault at once."""
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.toml")))
        raise ConfigError(f"{name}: no such edition; there are: {known}")
    try:
        edition = Edition.model_validate(tomllib.loads(path.read_text("utf-8")))
    except tomllib.TOMLDecodeError as exc:
        raise ConfigError(f"{path}: not TOML: {exc}") from exc
    except ValidationError as exc:
        faults = [f"{path}: {'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in exc.errors()]
        raise ConfigError("\n".join(faults)) from exc
    from audit.classify import categories

    wrong = [i.id for i in edition.indicator if i.category not in categories()]
    if wrong:
        raise ConfigError(f"{path}: unknown category in indicator {', '.join(wrong)}; `gongkai categories` lists them")
    return edition


def questions(edition: Edition, year: int, site: Site, as_of: date) -> tuple[Question, ...]:
    """What the edition needs to know of one site."""
    return tuple(Question(i.category, year + i.year if i.year is not None else None, needs=i.needs)
                 for i in edition.indicator if site.level in i.levels)

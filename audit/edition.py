"""Editions as data: which indicators a rule set holds, whom each binds, when, and what each needs to know of a site."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from db.errors import ConfigError
from db.tomlfile import table_lines, told
from db.words import Level, Question, Site

FOLDER = Path(__file__).parent / "editions"
EVERYONE = (Level.MUNICIPAL, Level.DISTRICT, Level.BUREAU)
MonthDay = Annotated[str, Field(pattern=r"^(?:\+\d )?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Task(_Strict):
    """One numbered row of the source, in the issuer's words."""

    id: int
    chapter: str = ""
    text: str
    units: tuple[str, ...] = ()
    deadline: MonthDay | None = None
    deadline_words: str = ""
    fixed: bool = False  # binds in the edition's own year only
    observable: Literal["full", "partial", "no"] = "full"  # whether a website can show it
    why: str = ""  # why it cannot, or only in part


class Deduct(_Strict):
    """What a fault costs, in points: ``per`` for each one found, ``cap`` at most."""

    per: float = Field(gt=0)
    cap: float = Field(gt=0)


class Grade(_Strict):
    """A rated site whose score is at least ``from`` gets the name; the highest that fits."""

    name: str
    from_: float = Field(alias="from", ge=0, le=100)


class Clause(_Strict):
    """One sentence of the source's body that is no numbered task: held by indicators, or why a website cannot show it."""

    id: str
    text: str
    chapter: str = ""
    indicators: tuple[str, ...] = ()
    observable: Literal["full", "partial", "no"] = "full"
    why: str = ""


class Indicator(_Strict):
    """One scored line: a check with its parameters, whom it binds and when.

    units: only sites with one of these units, or of a level named here. due: month and day, ``+1`` before it for the
    year after, one for all or one a level. fail_not_before: from when a
    standing duty's absence may fail. fact: the row's fact that must be true before absence may fail. valid_from, valid_to:
    the law on which it stands was in force between these days; it binds where the duty fell due within them. deduct: in a
    scheme of deductions. veto: a fail caps the score of the whole site at this.
    """

    id: str = Field(pattern=r"^[A-Z]?[0-9A-Z]+\.[0-9A-Z]+$")
    title: str
    basis: str
    check: str
    task: int | None = None
    chapter: str = ""
    kind: Literal["scored", "info", "bonus"] = "scored"
    weight: float = Field(1.0, ge=0)
    levels: tuple[Level, ...] = EVERYONE
    units: tuple[str, ...] = ()
    due: MonthDay | dict[Level, MonthDay] | None = None
    fail_not_before: MonthDay | None = None
    fact: str | None = None
    score_once_with: str | None = None  # the same thing is scored there; this line is then shown for information
    valid_from: date | None = None
    valid_to: date | None = None
    deduct: Deduct | None = None
    veto: float | None = Field(None, ge=0, le=100)
    advice: str = ""
    params: dict[str, Any] = {}


class Edition(_Strict):
    """One rule set. year: None takes as_of's. in_force: duties that fell due before this day do not bind.

    scheme: ``weights`` adds up what was met; ``deductions`` takes off from each chapter's points, not below ``floor``.
    bonus_from, bonus_cap: bonuses count for scores from here on, so many points at most.
    """

    id: str
    name: str
    source: str
    year: int | None = None
    in_force: date | None = None
    grace_days: int = Field(31, ge=0)
    max_age_days: int = Field(31, ge=0)
    min_verified: float = Field(0.8, ge=0, le=1)
    rank_by: Literal["score", "low"] = "score"
    chapters: dict[str, str] = {}
    scheme: Literal["weights", "deductions"] = "weights"
    points: dict[str, float] = {}
    floor: float = Field(0.0, ge=0)
    bonus_from: float = Field(0.0, ge=0, le=100)
    bonus_cap: float = Field(100.0, ge=0)
    grade: tuple[Grade, ...] = ()
    clause: tuple[Clause, ...] = ()
    ended_names: tuple[str, ...] = ()  # bodies that a reform ended, as they were called
    task: tuple[Task, ...] = ()
    indicator: tuple[Indicator, ...]
    sha256: str = ""

    def year_at(self, day: date) -> int:
        """The year whose duties are held on a day."""
        return self.year or day.year


@lru_cache(maxsize=32)
def load(name: str) -> Edition:
    """An edition by id, or by the path of its file; every fault at once, each with its line."""
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        raise ConfigError(f"{name}: no such edition; there are: {', '.join(known())}")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path}: not TOML: {exc}") from exc
    faults = _table_faults(path, text, data, "task", Task) + _table_faults(path, text, data, "indicator", Indicator)
    faults += _table_faults(path, text, data, "clause", Clause) + _table_faults(path, text, data, "grade", Grade)
    if not faults:
        try:
            edition = Edition.model_validate({**data, "sha256": hashlib.sha256(raw).hexdigest()})
        except ValidationError as exc:
            faults += told(path, exc, text, 1, "")
        else:
            from audit.meaning import meaning_faults

            faults += meaning_faults(path, text, edition)
    if faults:
        raise ConfigError(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}\n" + "\n".join(faults))
    return edition


def known() -> list[str]:
    """Ids of the editions that come with the program."""
    return sorted(p.stem for p in FOLDER.glob("*.toml"))


def _table_faults(path: Path, text: str, data: dict[str, Any], name: str, model: type[BaseModel]) -> list[str]:
    lines = table_lines(text, name)
    out: list[str] = []
    for n, row in enumerate(data.get(name, [])):
        try:
            model.model_validate(row)
        except ValidationError as exc:
            end = lines[n + 1] if n + 1 < len(lines) else None
            out += told(path, exc, text, lines[n], f"[[{name}]] {row.get('id', n + 1)}: ", end)
    return out


def questions(edition: Edition, year: int, site: Site, today: date) -> tuple[Question, ...]:
    """What the edition needs to know of one site, asked on a day."""
    from audit.checks import checks
    from audit.duty import bind

    found: dict[Question, None] = {}
    as_of = min(today, date(year, 12, 31))
    for item in edition.indicator:
        duty = bind(edition, item, site, year, as_of, today)
        if duty.bound:
            check = checks()[item.check]
            for question in check.questions(check.Params.model_validate(item.params), duty):
                found[question] = None
    return tuple(found)

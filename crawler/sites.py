"""config/sites.toml: the audited bodies and how they may be crawled, validated whole with every fault at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from db.errors import ConfigError
from db.tomlfile import table_lines, told
from db.urls import canonical
from db.words import Fact, Host, Level, Role, Site

DEFAULT_DELAY = 5.0  # seconds between two requests to one host
_ID = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_\-]{1,40}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Host(_Strict):
    url: str
    role: Role = Role.OWN
    scope: dict[str, Any] = {}

    @field_validator("url")
    @classmethod
    def _an_origin(cls, value: str) -> str:
        whole = canonical(value)
        if not whole or whole.split("://", 1)[1].count("/") != 1 or not whole.endswith("/"):
            raise ValueError("must be http(s)://NAME without a path")
        return whole[:-1]


class _Fact(_Strict):
    value: bool | int | str
    source: str = Field(min_length=2)
    read_on: date


class _Budget(_Strict):
    requests: int | None = Field(default=None, gt=0)
    bytes: int | None = Field(default=None, gt=0)
    minutes: int | None = Field(default=None, gt=0)


class _Row(_Strict):
    id: _ID
    name: str = Field(min_length=2)
    level: Level
    host: list[_Host] = Field(min_length=1)
    entry: list[str] = []
    units: list[str] = []
    formerly: list[str] = []
    short_names: list[str] = []
    family: str | None = None
    facts: dict[str, _Fact] = {}
    delay: float | None = Field(None, ge=0)
    delay_agreed_by: str | None = None
    budget: _Budget = _Budget()
    window: str = Field("", pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")  # Shanghai time, e.g. 22:00-06:00
    source: str = Field(min_length=2)
    read_on: date

    @field_validator("entry")
    @classmethod
    def _addresses(cls, values: list[str]) -> list[str]:
        for value in values:
            if not canonical(value):
                raise ValueError(f"not an http(s) address: {value[:80]}")
        return values

    @model_validator(mode="after")
    def _agreed(self) -> _Row:
        if self.delay is not None and self.delay < DEFAULT_DELAY and not self.delay_agreed_by:
            raise ValueError(f"delay below {DEFAULT_DELAY} s needs delay_agreed_by: who at the site agreed")
        return self


class _Run(_Strict):
    clock: datetime | None = None
    render: bool = True  # draw with Chromium, where there is one, what nothing else shows
    timeout: float = Field(default=30.0, gt=0)  # seconds for one answer; slow government sites answer within the default


class _Dns(_Strict):
    resolvers: list[str] = []
    control: str | None = None
    controls6: list[str] = []  # names that answer over IPv6, to prove that we have it


class _Head(_Strict):
    editions: list[str] = []
    contact: str | None = None
    run: _Run = _Run()
    resolve: dict[str, str] = {}
    dns: _Dns = _Dns()
    site: list[Any] = []


@dataclass(frozen=True, slots=True)
class Sites:
    """The file: head and rows."""

    rows: tuple[Site, ...]
    editions: tuple[str, ...] = ()
    contact: str = ""
    clock: datetime | None = None
    resolve: dict[str, str] = field(default_factory=dict)
    resolvers: tuple[str, ...] = ()
    control: str | None = None
    controls6: tuple[str, ...] = ()
    timeout: float = 30.0
    render: bool = True

    def chosen(self, ids: list[str]) -> tuple[Site, ...]:
        """The rows of these ids, or all; an unknown id is an error."""
        known = {s.id: s for s in self.rows}
        wrong = [i for i in ids if i not in known]
        if wrong:
            raise ConfigError(f"{', '.join(wrong)}: no such site; `gongkai sites list` shows the ids")
        return tuple(known[i] for i in ids) if ids else self.rows


def load_sites(path: Path) -> Sites:
    """Read and validate; raises ConfigError with every fault, one a line."""
    try:
        text = path.read_text("utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError as exc:
        raise ConfigError(f"{path}: no such file; copy one from the README, Sites") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{path}: not TOML: {exc}") from exc
    lines = table_lines(text, "site")
    faults: list[str] = []
    try:
        head = _Head.model_validate(data)
    except ValidationError as exc:
        faults += told(path, exc, text, 1, "")
        head = _Head()
    rows: list[_Row] = []
    seen: dict[str, int] = {}
    for n, raw in enumerate(data.get("site", [])):
        line = lines[n] if n < len(lines) else 1
        name = str(raw.get("id", f"#{n + 1}")) if isinstance(raw, dict) else f"#{n + 1}"
        try:
            row = _Row.model_validate(raw)
        except ValidationError as exc:
            end = lines[n + 1] if n + 1 < len(lines) else None
            faults += told(path, exc, text, line, f"[[site]] {name}: ", end)
            continue
        if row.id in seen:
            faults.append(f"{path}:{line}: [[site]] {name}: id: also in line {seen[row.id]}; ids must differ")
        seen[row.id] = line
        rows.append(row)
    if faults:
        raise ConfigError(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}\n" + "\n".join(faults))
    return Sites(tuple(_site(r) for r in rows), tuple(head.editions), head.contact or "", head.run.clock,
                 {k.lower(): v for k, v in head.resolve.items()}, tuple(head.dns.resolvers), head.dns.control,
                 tuple(head.dns.controls6), head.run.timeout, head.run.render)


def _site(row: _Row) -> Site:
    return Site(
        id=row.id, name=row.name, level=row.level, hosts=tuple(Host(h.url, h.role, dict(h.scope)) for h in row.host),
        entry=tuple(row.entry), units=tuple(row.units), formerly=tuple(row.formerly), short_names=tuple(row.short_names),
        family=row.family, facts={k: Fact(f.value, f.source, f.read_on) for k, f in row.facts.items()}, delay=row.delay,
        delay_agreed_by=row.delay_agreed_by, budget=row.budget.model_dump(exclude_none=True), window=row.window,
        source=row.source, read_on=row.read_on)

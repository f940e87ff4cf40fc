"""How scores and ranks move when an edition is changed, judged once: is a rank robust, or an accident of one weight?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.card import total_of
from audit.edition import Edition, Indicator
from audit.model import Finding
from audit.score import Total, ranks
from db.errors import ConfigError
from db.words import Site, Status

_CHANGE = re.compile(r"^(weight|cap|per|kind|drop)(?::([^=]+))?(?:=(.+))?$")
HELP = "weight:03.1=6, kind:24.2=info, drop:24.2; in a scheme of deductions per:A001.1=0.5, cap:A001.1=1"


@dataclass(frozen=True, slots=True)
class Place:
    """score: None where nothing was judged. rank: None where not rated."""

    score: float | None
    rank: int | None


def changed(edition: Edition, changes: Iterable[str]) -> Edition:
    """The edition with some changes, each in the form of HELP; a wrong one is told with what is right."""
    rows = {i.id: i for i in edition.indicator}
    for said in changes:
        m = _CHANGE.match(said.strip())
        if m is None or m[2] is None or (m[1] != "drop") != (m[3] is not None):
            raise ConfigError(f"--what-if {said}: not a change; say e.g. {HELP}")
        what, key, value = m[1], m[2], m[3]
        if key not in rows:
            raise ConfigError(f"--what-if {said}: {edition.id} has no indicator {key}; `gongkai editions show {edition.id}` lists them")
        if what == "drop":
            del rows[key]
        else:
            rows[key] = _with(rows[key], what, value, said)
    return edition.model_copy(update={"indicator": tuple(rows.values())})


def _with(item: Indicator, what: str, value: str, said: str) -> Indicator:
    if what == "kind":
        if value not in ("scored", "info", "bonus"):
            raise ConfigError(f"--what-if {said}: kind is scored, info or bonus")
        return item.model_copy(update={"kind": value})
    try:
        number = float(value)
    except ValueError as exc:
        raise ConfigError(f"--what-if {said}: {value} is no number") from exc
    if number < 0:
        raise ConfigError(f"--what-if {said}: must not be negative")
    if what == "weight":
        return item.model_copy(update={"weight": number})
    if item.deduct is None:
        raise ConfigError(f"--what-if {said}: {item.id} deducts nothing")
    return item.model_copy(update={"deduct": item.deduct.model_copy(update={what: number})})


def places(edition: Edition, judged: Sequence[tuple[Site, dict[str, Finding]]]) -> dict[str, Place]:
    """Each site's score and rank under an edition, from findings made once."""
    totals: dict[str, Total] = {site.id: total_of(edition, found) for site, found in judged}
    out = {key: Place(t.score, None) for key, t in totals.items()}
    for level in {site.level for site, _ in judged}:
        rated = [(s.id, totals[s.id]) for s, _ in judged if s.level is level and rated_by(edition, totals[s.id])]
        for key, rank in ranks(rated, edition.rank_by).items():
            out[key] = Place(totals[key].score, rank.at)
    return out


def rated_by(edition: Edition, t: Total) -> bool:
    """Whether enough was judged for a rank."""
    return t.score is not None and t.verified is not None and t.verified >= edition.min_verified


def robust(edition: Edition, judged: Sequence[tuple[Site, dict[str, Finding]]]) -> dict[str, tuple[int, int, str]]:
    """Of each rated site: its best and worst rank while each weight is halved and doubled, one at a time, and what moves it most."""
    now = places(edition, judged)
    out = {key: (p.rank, p.rank, "") for key, p in now.items() if p.rank is not None}
    what = "cap" if edition.scheme == "deductions" else "weight"
    for item in edition.indicator:
        if item.kind == "info" or all(f[item.id].status is Status.NOT_APPLICABLE for _, f in judged):
            continue
        value = item.deduct.cap if item.deduct is not None else item.weight
        for factor in (0.5, 2.0):
            for key, place in places(changed(edition, [f"{what}:{item.id}={value * factor}"]), judged).items():
                if key in out and place.rank is not None and now[key].rank is not None:
                    low, high, why = out[key]
                    if place.rank < low or place.rank > high:
                        why = f"{what}:{item.id}={value * factor:g}"
                    out[key] = (min(low, place.rank), max(high, place.rank), why)
    return out


def moved(a: Edition, b: Edition) -> list[str]:
    """What differs between two editions, one line an indicator: these are why sites move."""
    old, new = {i.id: i for i in a.indicator}, {i.id: i for i in b.indicator}
    out = [f"- {k} {old[k].title}" for k in old if k not in new] + [f"+ {k} {new[k].title}" for k in new if k not in old]
    for key in (k for k in new if k in old):
        x, y = old[key].model_dump(), new[key].model_dump()
        parts = [f"{name}: {x[name]} → {y[name]}" for name in x if x[name] != y[name]]
        if parts:
            out.append(f"~ {key} {'; '.join(parts)}")
    for name in ("scheme", "points", "floor", "min_verified", "rank_by", "grace_days", "max_age_days", "bonus_from", "bonus_cap"):
        if getattr(a, name) != getattr(b, name):
            out.append(f"~ {name}: {getattr(a, name)} → {getattr(b, name)}")
    return out

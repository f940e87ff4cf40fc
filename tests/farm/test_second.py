"""The second city's sites, each with its traps, are judged as the truth says, cell by cell."""

from __future__ import annotations

from pathlib import Path

from tests.farm.confusion import STATUSES, audited, compared, crawled
from tests.farm.model import FarmSite
from tests.farm.province import province
from tests.farm.second import ROWS, second
from tests.farm.truth import RULES, truth

SITES = second(suite=True)


def test_every_verdict_is_the_right_one(tmp_path: Path) -> None:
    crawled(tmp_path, SITES)
    documents = audited(tmp_path)
    for edition in RULES:
        found = compared(SITES, documents, edition)
        assert not found.wrong, "\n".join(found.wrong)
        assert sum(found.cells[s, s] for s in STATUSES) == len(SITES) * len(RULES[edition])


def test_the_two_cities_hold_sixty_sites_of_every_family_and_every_trap() -> None:
    sites: list[FarmSite] = [*province(), *second()]
    assert len({s.id for s in sites}) == len(sites) >= 60
    traps = {t.__name__ for row in ROWS for t in row.traps}
    assert traps - {"withdrawn"} <= {t.__name__ for row in ROWS if row.suite for t in row.traps}, "the suite crawls each trap"


def test_a_trap_matters_to_the_truth() -> None:
    """Of the sites with traps few are told as a sound site is: what a trap leaves as it was it is there to leave."""
    sound = {k: v.status for k, v in truth(next(s for s in SITES if s.id == "ql_yj"), "shanghai-2019").items()}
    same = [s.id for s in SITES if s.level == "bureau" and not s.units and {k: v.status for k, v in truth(s, "shanghai-2019").items()} == sound]
    assert len(same) <= 6, same

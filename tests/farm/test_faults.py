"""Whatever page of a site cannot be read, no verdict turns into another: it stays, or it is unknown and says why.

Each fault is put into what is known of the site: the page was asked for and failed, on both nights. Every page of every site: `make faults`.
"""

from __future__ import annotations

from pathlib import Path

from tests.farm.faults import FILES, PAGES, known, matrix


def test_a_page_that_fails_turns_no_verdict_into_another(farm_home: Path) -> None:
    found = matrix(known(farm_home), 6)
    assert not found.wrong, "\n".join(found.wrong)
    assert set(PAGES) <= {r for _, r in found.cells} <= set(FILES)

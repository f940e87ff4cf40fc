"""What only a browser shows is drawn by one, under the rules that hold for every request; without one it stays unknown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.farm.home import write_home
from tests.farm.model import FarmSite
from tests.farm.province import NIGHTS, province
from tests.farm.serve import Farm
from tests.farm.truth import truth

EDITION = "regulation-2019"


FAMILIES = ("drawn", "sidebar")


def site(family: str) -> FarmSite:
    """One site whose columns are drawn by script."""
    known = next(s for s in province() if s.id == "linhe")
    return replace(known, id=family, family=family, host=f"{family}.example", aaaa=())


def nights(home: Path, run: Callable[..., Ran], family: str, *, render: bool) -> tuple[dict[str, dict], list[tuple[str, str, str]]]:  # type: ignore[type-arg]
    """(findings by indicator, what the server was asked) after two nights."""
    with Farm([site(family)], NIGHTS[0]) as farm:
        for night in NIGHTS:
            farm.set_night(night)
            write_home(home, farm)
            file = home / "config" / "sites.toml"
            file.write_text(file.read_text("utf-8").replace("[run]", f"[run]\nrender = {str(render).lower()}"), "utf-8")
            done = run(home, "crawl")
            assert done.code in (0, 4), done.err
        done = run(home, "audit", "--edition", EDITION, "--as-of", "2019-12-31", "--json")
        return {f["indicator"]: f for f in json.loads(done.out)["sites"][0]["findings"]}, list(farm.asked)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium (apt-get install chromium)")
def test_a_site_drawn_by_script_is_judged_like_any_other(tmp_path: Path, run: Callable[..., Ran], family: str) -> None:
    found, asked = nights(tmp_path, run, family, render=True)
    wrong = [f"{key}: {right.status} ({right.why}), but the audit says {found[key]['status']} ({found[key]['reason']}): {found[key]['words']}"
             for key, right in truth(site(family), EDITION).items() if found[key]["status"] != right.status]
    assert not wrong, "\n".join(wrong)
    assert sum(path == "/js/app.js" for _, _, path in asked) <= 2  # once a night, however many pages need it
    assert {host for host, _, _ in asked} == {f"{family}.example"}
    before = run(tmp_path, "export", "pages").out
    again = run(tmp_path, "rebuild")
    assert again.code == 0, again.err
    assert run(tmp_path, "export", "pages").out == before


@pytest.mark.parametrize("family", FAMILIES)
def test_without_a_browser_nothing_is_said_to_be_missing(tmp_path: Path, run: Callable[..., Ran], family: str) -> None:
    found, asked = nights(tmp_path, run, family, render=False)
    assert {f["reason"] for f in found.values() if f["status"] == "unknown"} == {"needs_rendering"}
    assert not [k for k, f in found.items() if f["status"] == "fail"]
    assert not [path for _, _, path in asked if path.endswith(".js") or path == "/svc/rows"]

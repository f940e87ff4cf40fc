"""The verbs of those who run it every night: verify, diff, doctor, nightly."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.province import NIGHTS, made, transport
from tests.farm.serve import Farm


@pytest.fixture
def copied(farm_home: Path, assessments: dict[str, Any], tmp_path: Path) -> Path:
    """A copy of the farm's home, to be spoilt."""
    home = tmp_path / "home"
    shutil.copytree(farm_home, home)
    return home


def test_verify_finds_one_changed_byte_and_one_lost_file(copied: Path) -> None:
    assert gongkai(copied, "archive", "verify").code == 0
    path = next((copied / "var" / "archive").glob("*.warc.gz"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    done = gongkai(copied, "archive", "verify")
    assert done.code == 1
    assert path.name in done.out
    path.unlink()
    done = gongkai(copied, "archive", "verify")
    assert done.code == 1
    assert "gongkai rebuild" in done.out


def test_diff_tells_what_moved(copied: Path) -> None:
    done = gongkai(copied, "diff")
    assert done.code == 1
    assert "no two assessments" in done.err
    first = gongkai(copied, "audit", "--edition", "shanghai-2019", "--as-of", "2019-12-31", "--observed-until", "2020-01-05T02:00:00+08:00")
    assert first.code == 0, first.err
    compared = gongkai(copied, "diff", "3", "1", "--json")
    assert "what moved: pages and readings\n" in compared.err
    changes = compared.json
    moved = {(c["site"], c["what"]) for c in changes}
    assert ("linhe", "30.1") in moved  # one night proves no missing address
    assert ("beihu", "35.2") in moved  # nor a dead link
    assert all(c["before"] != c["after"] for c in changes)


def test_doctor_says_what_is_missing_and_for_what(copied: Path) -> None:
    rows = {r["what"]: r for r in gongkai(copied, "doctor", "--json").json}
    assert rows["database"]["state"] == "ok"
    assert {"python", "sites", "disk", "clock", "ipv6", "chromium", "fonts"} <= set(rows)


def test_a_night_left_alone(tmp_path: Path) -> None:
    with Farm([made(transport)], NIGHTS[1]) as farm:
        write_home(tmp_path, farm)
        done = gongkai(tmp_path, "nightly", timeout=400)
        assert done.code == 0, done.err
        before = len(farm.asked)
        again = gongkai(tmp_path, "nightly", timeout=400)
        assert again.code == 0, again.err
        assert len(farm.asked) == before, "the same night asks nothing twice"
    for edition in ("shanghai-2019", "regulation-2019"):
        page = (tmp_path / "var" / "reports" / edition / "index.html").read_text("utf-8")
        assert f"{edition}:20" in page
        assert len(page) > 5000
    assert "night: crawl 0; probe 0; audit shanghai-2019 0" in done.err
    page = (tmp_path / "var" / "morning.html").read_text("utf-8")
    assert "首夜，没有可比的历史" in page


def test_a_redesign_is_held_back_for_a_night_and_a_short_budget_is_told(tmp_path: Path) -> None:
    old = made(transport)
    with Farm([old], NIGHTS[0]) as farm:
        write_home(tmp_path, farm, editions=("regulation-2019",))
        assert gongkai(tmp_path, "nightly", timeout=400).code == 0
        farm.sites = [replace(old, family="dede" if old.family != "dede" else "trs")]
        farm.set_night(NIGHTS[1])
        write_home(tmp_path, farm, editions=("regulation-2019",))
        done = gongkai(tmp_path, "nightly", timeout=400)
        assert done.code == 5, done.err
        assert "held back" in done.err
        assert "audit" not in done.err.rsplit("night: ", 1)[1], "the only site is held back: nobody is judged"
        document = json.loads((tmp_path / "var" / "morning.json").read_text("utf-8"))
        assert document["held"] == [old.id]
        assert "redesign" in document["sites"][0]["signs"]
        page = (tmp_path / "var" / "morning.html").read_text("utf-8")
        assert "网站疑已改版" in page
        assert f"gongkai sites accept {old.id}" in page

        # a person looks, and says so on the record: the same night is judged, and nothing is asked again
        before = len(farm.asked)
        assert gongkai(tmp_path, "sites", "accept", old.id, "--by", "王某").code == 2, "a reason is part of it"
        word = gongkai(tmp_path, "sites", "accept", old.id, "--by", "王某", "--because", "已核实改版")
        assert word.code == 0, word.err
        assert "redesign" in word.out
        again = gongkai(tmp_path, "sites", "accept", old.id, "--by", "王某", "--because", "已核实改版")
        assert again.code == 1
        assert "nothing holds it back" in again.err
        assert gongkai(tmp_path, "rebuild").code == 0
        done = gongkai(tmp_path, "nightly", timeout=400)
        assert done.code == 0, done.err
        assert "audit regulation-2019 0" in done.err
        assert len(farm.asked) == before
        assert "（已认可）" in (tmp_path / "var" / "morning.html").read_text("utf-8")

        rows = tmp_path / "config" / "sites.toml"
        text = rows.read_text("utf-8").replace(f"clock = {NIGHTS[1]}", "clock = 2020-01-07")
        rows.write_text(text.replace("delay = 0.0", "delay = 0.0\nbudget.requests = 3"), "utf-8")
        done = gongkai(tmp_path, "nightly", timeout=400)
        assert done.code == 0, done.err
        assert "audit regulation-2019 0" in done.err
        document = json.loads((tmp_path / "var" / "morning.json").read_text("utf-8"))
        assert document["held"] == []
        assert document["sites"][0]["nights"][0] == 1
        assert "第1夜，约共" in (tmp_path / "var" / "morning.html").read_text("utf-8")

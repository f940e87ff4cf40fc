"""Same inputs, same scorecards, byte for byte: in another folder, read again, made again, on another database."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import gongkai

AUDIT = ("audit", "--edition", "shanghai-2019", "--as-of", "2019-12-31", "--json")


@pytest.fixture(scope="module")
def copied(farm_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The farm's home in a second folder, without its database."""
    home = tmp_path_factory.mktemp("second") / "home"
    shutil.copytree(farm_home, home, ignore=shutil.ignore_patterns("gongkai.db*"))
    return home


@pytest.fixture(scope="module")
def first(farm_home: Path) -> str:
    """The scorecards as the crawl's own database gives them."""
    return gongkai(farm_home, *AUDIT).out


def test_the_archive_alone_in_another_folder_gives_the_same_bytes(copied: Path, first: str) -> None:
    rebuilt = gongkai(copied, "rebuild")
    assert rebuilt.code == 0, rebuilt.err
    assert gongkai(copied, *AUDIT).out == first
    again = gongkai(copied, "reparse")
    assert again.code == 0, again.err
    assert gongkai(copied, *AUDIT).out == first


def test_an_audit_asked_twice_is_one_assessment(copied: Path, first: str) -> None:
    if not (copied / "var" / "gongkai.db").exists():
        gongkai(copied, "rebuild")
    assert gongkai(copied, *AUDIT).out == gongkai(copied, *AUDIT).out == first
    report = gongkai(copied, "report", "--format", "json", "--out", str(copied / "a"))
    assert report.code == 0, report.err


@pytest.mark.postgres
def test_postgresql_gives_the_same_bytes(copied: Path, first: str, postgres_url: str) -> None:
    rebuilt = gongkai(copied, "rebuild", "--db", postgres_url)
    assert rebuilt.code == 0, rebuilt.err
    assert gongkai(copied, *AUDIT, "--db", postgres_url).out == first

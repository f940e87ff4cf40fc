"""Same inputs, same scorecards, byte for byte: in another folder, read again, made again, on another database."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import gongkai
from tests.gongkai.test_bad_input import warc

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


def test_83_after_a_change_of_categories_the_older_assessment_stays_and_diff_says_what_moved(
        copied: Path, first: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from gongkai.main import main

    if not (copied / "var" / "gongkai.db").exists():
        gongkai(copied, "rebuild")
    order = ["--home", str(copied), "audit", "--edition", "shanghai-2019", "--as-of", "2019-12-31", "--json"]
    monkeypatch.setattr("audit.run.CATEGORIES_SHA256", "0" * 64)
    assert main(order) == 0
    changed = json.loads(capsys.readouterr().out)
    assert changed["inputs_sha256"] != json.loads(first)["inputs_sha256"]
    assert main(["--home", str(copied), "diff", "--json"]) == 0
    told = capsys.readouterr()
    assert "what moved: categories\n" in told.err
    assert json.loads(told.out) == [], "only the digest of the vocabulary was changed, so no verdict moved"
    monkeypatch.undo()
    assert main(order) == 0
    assert capsys.readouterr().out == first, "the older one is what it was"


def test_a_foreign_capture_is_part_of_the_inputs_and_survives_a_rebuild(farm_home: Path, first: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(farm_home, home)
    page = "<title>旧闻</title><h1>关于某项工作的通知</h1><p>发布日期：2019-03-01</p>".encode() + "<p>正文内容在此。</p>".encode() * 30
    (tmp_path / "old.warc.gz").write_bytes(warc("http://czj.yunze.example/old/1.html", page))
    assert gongkai(home, "ingest", str(tmp_path / "old.warc.gz")).code == 0
    with_it = gongkai(home, *AUDIT).out
    assert json.loads(with_it)["inputs_sha256"] != json.loads(first)["inputs_sha256"]
    assert gongkai(home, "rebuild").code == 0
    assert gongkai(home, *AUDIT).out == with_it


@pytest.mark.postgres
def test_postgresql_gives_the_same_bytes(copied: Path, first: str, postgres_url: str) -> None:
    rebuilt = gongkai(copied, "rebuild", "--db", postgres_url)
    assert rebuilt.code == 0, rebuilt.err
    assert gongkai(copied, *AUDIT, "--db", postgres_url).out == first

"""What is handed over can be read by others: warcio finds nothing wrong, and each line of the index leads to its record."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.conftest import gongkai

WACZ = Path(sys.executable).parent / "wacz"


@pytest.fixture(scope="module")
def wacz(farm_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "yunshan.wacz"
    done = gongkai(farm_home, "archive", "export", "yunshan", "--out", str(out))
    assert done.code == 0, done.err
    return out


def test_warcio_finds_nothing_wrong_with_the_archive(farm_home: Path) -> None:
    files = sorted((farm_home / "var" / "archive").glob("*.warc.gz"))
    assert files
    done = subprocess.run([str(Path(sys.executable).parent / "warcio"), "check", *map(str, files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "fail" not in done.stdout


def test_each_line_of_the_index_leads_to_its_record(wacz: Path) -> None:
    with zipfile.ZipFile(wacz) as z:
        assert all(i.compress_type == zipfile.ZIP_STORED for i in z.infolist()), "replayers read parts of it in place"
        package = json.loads(z.read("datapackage.json"))
        for part in package["resources"]:
            assert hashlib.sha256(z.read(part["path"])).hexdigest() == part["hash"].removeprefix("sha256:")
        lines = gzip.decompress(z.read("indexes/index.cdx.gz")).decode().splitlines()
        pages = [json.loads(x) for x in z.read("pages/pages.jsonl").decode().splitlines()][1:]
        data = z.read(f"archive/{package['resources'][0]['name']}")
    assert lines == sorted(lines)
    assert len(lines) > 50
    for line in lines:
        said = json.loads(line.split(" ", 2)[2])
        start = int(said["offset"])
        record = next(iter(ArchiveIterator(io.BytesIO(data[start : start + int(said["length"])]))))
        assert said["url"].startswith(record.rec_headers["WARC-Target-URI"])
        assert record.http_headers.get_statuscode() == said["status"]
        assert record.rec_headers["WARC-Payload-Digest"] == said["digest"]
        assert record.rec_headers["X-Gongkai-Site"] == "yunshan"
    urls = {json.loads(x.split(" ", 2)[2])["url"] for x in lines}
    assert {p["url"] for p in pages} <= urls
    assert any("权责清单" in p["title"] for p in pages)


def test_what_is_handed_over_can_be_ingested(wacz: Path, farm_home: Path, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    shutil.copy(farm_home / "config" / "sites.toml", tmp_path / "config")
    assert gongkai(tmp_path, "ingest", str(wacz)).code == 0
    urls = {json.loads(x)["url"] for x in gongkai(tmp_path, "export", "pages").out.splitlines()}
    known = {p["url"] for p in map(json.loads, gongkai(farm_home, "export", "pages").out.splitlines()) if p["site"] == "yunshan" and p["sha256"]}
    assert known <= urls


@pytest.mark.skipif(not WACZ.exists(), reason="needs the package wacz (pip install wacz) beside this Python")
def test_wacz_validate_passes(wacz: Path) -> None:
    done = subprocess.run([str(WACZ), "validate", "-f", str(wacz)], capture_output=True, text=True, check=False)
    assert "Validation succeeded" in done.stdout + done.stderr


def test_export_of_what_was_never_crawled_says_so(farm_home: Path, tmp_path: Path) -> None:
    done = gongkai(farm_home, "archive", "export", "nobody", "--out", str(tmp_path / "x.wacz"))
    assert done.code == 1
    assert "gongkai crawl nobody" in done.err


def test_gc_names_what_no_run_needs_and_removes_it_when_told_to(farm_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(farm_home, home)
    foreign = home / "var" / "archive" / "foreign"
    foreign.mkdir(exist_ok=True)
    (foreign / "0123.part").write_bytes(b"half")
    (foreign / "4567.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\n"))
    before = {p.name for p in (home / "var" / "archive").glob("*.gz")}
    asked = gongkai(home, "archive", "gc")
    assert asked.code == 0
    assert asked.out.count("\n") == 2
    assert (foreign / "0123.part").exists()
    assert gongkai(home, "archive", "gc", "--yes").code == 0
    assert not list(foreign.iterdir())
    assert {p.name for p in (home / "var" / "archive").glob("*.gz")} == before
    assert gongkai(home, "archive", "verify").code == 0

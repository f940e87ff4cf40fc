"""What bad input gets: one line with file, place and fix, the right exit code, nothing stored lost."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import gongkai

ROW = """
[[site]]
id = "a1"
name = "清河区财政局"
level = "bureau"
source = "invented"
read_on = 2020-01-06
[[site.host]]
url = "http://a.qinghe.example"
"""


def home(tmp_path: Path, text: str = ROW, head: str = "") -> Path:
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / "sites.toml").write_text(head + text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("text", "place", "fix"), [
    (ROW.replace('level = "bureau"', 'level = "bureau"\ncolour = 1'), "sites.toml:6", "unknown key"),
    (ROW + ROW, "sites.toml:11", "also in line 2"),
    (ROW.replace("http://a.qinghe.example", "ftp://x"), "sites.toml:9", "http(s)"),
    (ROW.replace("http://a.qinghe.example", "http://a.example/path/x"), "sites.toml:9", "without a path"),
    (ROW.replace('level = "bureau"', 'level = "county"'), "sites.toml:5", "level"),
    (ROW.replace('name = "清河区财政局"\n', ""), "sites.toml:2", "missing"),
    ("[[site]\n", "sites.toml", "not TOML"),
])
def test_a_faulty_row_is_told_with_its_line_and_the_fix(tmp_path: Path, text: str, place: str, fix: str) -> None:
    done = gongkai(home(tmp_path, text), "sites", "check")
    assert done.code == 1
    assert place in done.err
    assert fix in done.err
    assert "Traceback" not in done.err


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = ROW.replace('level = "bureau"', 'level = "county"\ncolour = 1') + ROW.replace("a1", "B 2")
    done = gongkai(home(tmp_path, text), "sites", "check")
    assert done.err.count("sites.toml:") == 3, done.err


def test_no_home_is_an_error_and_never_a_new_history(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "gongkai", "sites", "list"], cwd=tmp_path, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    assert done.returncode == 1
    assert "no config/sites.toml" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("args", "words"), [
    (("audit", "--edition", "nowhere-1999"), "no such edition; there are: regulation-2019, "),
    (("audit", "--edition", "shanghai-2019"), "no database here; run `gongkai crawl`"),
    (("checks", "no_such"), "no such check; there are: clicks_from_home"),
    (("crawl", "nobody"), "no such site; `gongkai sites list`"),
    (("ingest", "nothing.warc.gz"), "no such file"),
    (("report", "--out", "x", "--format", "pptx"), "no such format"),
    (("evidence", "show", "00"), "no database here"),
])
def test_a_wrong_name_is_told_with_the_right_ones(tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    done = gongkai(home(tmp_path), *args)
    assert done.code == 1, done.err
    assert words in done.err
    assert done.err.count("\n") <= 2


def test_an_edition_s_faults_have_lines(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('id = "mine"\nname = "x"\nsource = "y"\n[[indicator]]\nid = "01.1"\ntitle = "t"\nbasis = "b"\ncheck = "published_bye"\n'
                    '[[indicator]]\nid = "01.1"\ntitle = "t"\nbasis = "b"\ncheck = "published_by"\nparams = { category = "nonsense" }\n', "utf-8")
    done = gongkai(home(tmp_path), "editions", "check", str(path))
    assert done.code == 1
    for words in ("mine.toml:4", "no check published_bye", "mine.toml:9", "also in line 4", "no category nonsense"):
        assert words in done.err, done.err


def test_the_help_names_every_verb(tmp_path: Path) -> None:
    done = gongkai(tmp_path, "--help")
    assert done.code == 0, done.err
    assert {"crawl", "evaluate", "nightly"} <= set(done.out.split())


def test_usage_is_two(tmp_path: Path) -> None:
    assert gongkai(home(tmp_path), "nonsense").code == 2


def test_a_locked_database_is_told(tmp_path: Path) -> None:
    place = home(tmp_path)
    (place / "var").mkdir()
    other = sqlite3.connect(place / "var" / "gongkai.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    done = gongkai(place, "crawl")
    assert done.code == 1
    assert "locked" in done.err
    assert "Traceback" not in done.err


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    place = home(tmp_path)
    (place / "var").mkdir()
    (place / "var" / "gongkai.db").write_bytes(b"this is no database at all, but it is long enough to be read as one" * 40)
    done = gongkai(place, "crawl")
    assert done.code == 1
    assert "Traceback" not in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "gongkai", "categories"], stdout=full, stderr=subprocess.PIPE, text=True, check=False,
                              env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, cwd=home(tmp_path))
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def warc(url: str, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(hash(url)) % 10**12:012d}>\r\n"
            f"WARC-Date: 2019-12-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n").encode()
    return gzip.compress(head + block + b"\r\n\r\n")


PAGE = "<title>清河区财政局</title><h1>关于2019年预算的说明</h1><p>发布日期：2019-02-01</p>".encode() + "<p>正文内容在此。</p>".encode() * 30


def test_a_half_written_warc_gives_what_was_whole(tmp_path: Path) -> None:
    place = home(tmp_path)
    data = warc("http://a.qinghe.example/1.html", PAGE) + warc("http://a.qinghe.example/2.html", PAGE)
    (tmp_path / "torn.warc.gz").write_bytes(data[:-40])
    done = gongkai(place, "ingest", str(tmp_path / "torn.warc.gz"))
    assert done.code == 0, done.err
    assert "a.qinghe.example/1.html" in gongkai(place, "export", "pages").out


def test_a_file_that_is_no_warc_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").write_bytes(b"not a warc")
    done = gongkai(home(tmp_path), "ingest", str(tmp_path / "x.warc.gz"))
    assert done.code == 1
    assert "is it a WARC file?" in done.err


def test_nul_bytes_and_endless_addresses_are_stored_and_read(tmp_path: Path) -> None:
    place = home(tmp_path)
    long = "http://a.qinghe.example/" + "x" * 10_000
    body = PAGE.replace("正文".encode(), b"\x00\xed\xa0\x80" + "正文".encode()) + f'<a href="{long}">长</a>'.encode()
    (tmp_path / "odd.warc.gz").write_bytes(warc("http://a.qinghe.example/1.html", body) + warc(long, PAGE))
    done = gongkai(place, "ingest", str(tmp_path / "odd.warc.gz"))
    assert done.code == 0, done.err
    assert gongkai(place, "export", "pages").code == 0


def test_a_dead_host_is_unknown_and_the_network_s_fault(tmp_path: Path) -> None:
    place = home(tmp_path, ROW.replace("source", 'delay = 0.0\ndelay_agreed_by = "test"\nsource'),
                 'editions = ["regulation-2019"]\n[run]\nclock = 2020-03-02T02:00:00+08:00\n[resolve]\n"a.qinghe.example" = "127.0.0.1:9"\n')
    done = gongkai(place, "crawl")
    assert done.code == 4, done.err
    audited = gongkai(place, "audit", "--edition", "regulation-2019", "--json").json
    findings = [f for f in audited["sites"][0]["findings"] if f["status"] != "not_applicable"]
    assert {(f["status"], f["reason"], f["fault"]) for f in findings} == {("unknown", "refused", "network")}

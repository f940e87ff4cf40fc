"""The archive gives back what it was given, and loses only what was never whole."""

from __future__ import annotations

import os
import resource
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.archive import Archive
from db.errors import ArchiveError
from db.torn import whole_length
from db.words import PageRef, Reason

AT = datetime(2020, 1, 6, 2, tzinfo=UTC)


def test_answers_and_failures_are_read_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    ref = PageRef("http://a.example.gov.cn/x", "POST", b'{"pageNo":1}', "application/json")
    place = archive.write_response(ref, AT, 200, [("Content-Type", "text/html")], "清单".encode(), run="r", site="a")
    archive.write_failure(PageRef("http://a.example.gov.cn/y"), AT, Reason.TIMEOUT, "slow", run="r", site="a")
    archive.close()
    answer, failure = archive.records()
    assert (answer.ref, answer.body.decode(), answer.site, answer.at) == (ref, "清单", "a", AT)
    assert failure.reason is Reason.TIMEOUT
    assert archive.read(place.file, place.offset).body == answer.body


def test_a_torn_tail_is_cut_and_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    place = archive.write_json("urn:x", AT, {"a": 1})
    archive.close()
    with (tmp_path / place.file).open("ab") as f:
        f.write(b"\x1f\x8b\x08torn")
    again = Archive(tmp_path)
    again.write_json("urn:y", AT, {"b": 2})
    assert again.torn
    assert [r.ref.url for r in again.records()] == ["urn:x", "urn:y"]


def test_a_full_disk_leaves_whole_records_only(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ref = PageRef("http://a.example/")
    kept = 0
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
        while archive._file is None or archive._file.tell() < 18_000:
            archive.write_response(ref, AT, 200, [], os.urandom(700), site=str(kept))
            kept += 1
        with pytest.raises(ArchiveError, match="free some space"):
            archive.write_response(ref, AT, 200, [], os.urandom(4000), site="too much")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    path = archive.files()[0]
    assert kept > 10
    assert whole_length(path) == path.stat().st_size
    archive.write_response(ref, AT, 200, [], b"after", site="after")
    archive.close()
    assert [r.site for r in archive.records() if r.type == "response"][kept - 1:] == [str(kept - 1), "after"]

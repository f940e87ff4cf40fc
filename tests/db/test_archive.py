"""The archive gives back what it was given, and loses only what was never whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from db.archive import Archive
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

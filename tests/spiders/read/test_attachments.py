"""Files are read by their bytes, in a child under limits; what cannot be read says why."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from db.document import Document
from db.words import Kind, Reason
from spiders.read import read
from spiders.read.attachments import ask
from tests.farm import files
from tests.spiders.read import oldfiles

TITLE = "清河区财政局2019年部门预算"
LINES = [TITLE, "一、部门职责", "二、收支总表 2019年3月1日"]


def one(body: bytes, url: str = "http://a.example.gov.cn/P0201901.bin", name: str = "", **headers: str) -> Document:
    """Read as the crawl reads it."""
    return read(body, url=url, name=name, headers={k.replace("_", "-"): v for k, v in headers.items()})


def packed(members: dict[str, bytes], *, gbk: bool = False) -> bytes:
    """A zip; gbk: names as Windows in China writes them, without the mark of UTF-8."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members.items():
            z.writestr(name, data)
    whole = out.getvalue()
    if gbk:
        for name in members:
            whole = whole.replace(name.encode(), name.encode("gb18030").ljust(len(name.encode()), b" "))
        whole = whole.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00").replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00")
    return whole


FORMATS = {
    "pdf": files.pdf(LINES), "docx": files.docx(LINES, []), "xlsx": files.xlsx([[TITLE], ["一、部门职责", "1"], ["二、收支总表 2019年3月1日", "2"]]),
    "doc": oldfiles.doc("\n".join(LINES)), "xls": oldfiles.xls([[x] for x in LINES], "收支"), "ofd": oldfiles.ofd([LINES[:2], LINES[2:]]),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_its_text_in_order_and_its_heading(name: str) -> None:
    doc = one(FORMATS[name])
    assert doc.kind is Kind.ATTACHMENT
    assert doc.reason is None
    places = [doc.text.find(line) for line in LINES]
    assert -1 not in places, doc.text[:200]
    assert places == sorted(places)
    assert doc.title in (TITLE, "收支" + TITLE)  # a sheet's name stands before its first row
    assert [d.value for d in doc.dates] == ["2019-03-01"]


def test_the_name_of_a_link_goes_before_the_heading_and_a_meaningless_one_does_not() -> None:
    assert one(FORMATS["doc"], name="2019年部门预算公开表").title == "2019年部门预算公开表"
    assert one(FORMATS["doc"], name="附件1").title == TITLE
    assert one(FORMATS["doc"], content_disposition="attachment; filename*=UTF-8''%E9%A2%84%E7%AE%97%E8%A1%A8.doc").title == "预算表"


@pytest.mark.parametrize(("body", "reason"), [
    (files.scan(LINES), Reason.SCANNED),
    (b"<html><head><title>404</title></head><body>File not found</body></html>", None),
    (oldfiles.doc("x", encrypted=True), Reason.ENCRYPTED),
    (oldfiles.compound({"EncryptedPackage": b"x"}), Reason.ENCRYPTED),
    (oldfiles.compound({"Contents": b"x"}), Reason.UNREADABLE),
    (b"%PDF-1.4\nnothing more", Reason.UNREADABLE),
    (FORMATS["pdf"][:900], Reason.UNREADABLE),
    (FORMATS["docx"][:-200], Reason.UNREADABLE),
    (b"PK\x03\x04" + b"\0" * 300, Reason.UNREADABLE),
    (b"\xff\xd8\xff\xe0" + b"\0" * 500, Reason.SCANNED),
    (b"Rar!\x1a\x07\x00" + b"\0" * 100, Reason.UNREADABLE),
])
def test_what_cannot_be_read_says_why(body: bytes, reason: Reason | None) -> None:
    doc = one(body, "http://a.example.gov.cn/x.pdf")
    if reason is None:
        assert doc.kind is Kind.ERROR  # told by its bytes, whatever it is called
    else:
        assert (doc.kind, doc.reason, doc.text.strip()) == (Kind.ATTACHMENT, reason, "")


def test_a_zip_tells_the_names_and_texts_of_its_members() -> None:
    doc = one(packed({"2019年部门预算.doc": FORMATS["doc"], "说明.txt": "说明".encode()}))
    assert "2019年部门预算.doc" in doc.text
    assert "一、部门职责" in doc.text


def test_a_zip_that_stores_its_documents_as_they_are_is_no_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
        z.writestr("权责清单.docx", FORMATS["docx"])
    doc = one(out.getvalue())
    assert (doc.family, doc.reason) == ("zip", None)
    assert "权责清单.docx" in doc.text


def test_names_in_a_zip_are_read_as_they_were_meant() -> None:
    name = "预算公开表.doc"
    doc = one(packed({name: FORMATS["doc"]}, gbk=True))
    assert name in doc.text


def test_a_bomb_is_too_large_and_the_worker_lives_on() -> None:
    began = time.monotonic()
    bomb = packed({"word/document.xml": b"<w>" + b"a" * (80 << 20)})
    assert one(bomb).reason is Reason.TOO_LARGE
    assert one(FORMATS["docx"]).reason is None
    assert time.monotonic() - began < 20


def test_a_file_that_kills_the_worker_costs_nothing_but_its_own_text() -> None:
    from spiders.read import attachments

    ask("text", b"x")
    assert attachments._worker is not None
    attachments._worker.kill()
    attachments._worker.wait()
    assert one(FORMATS["pdf"]).reason is None

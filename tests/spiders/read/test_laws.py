"""Laws of reading: the same page said otherwise is the same page; hostile pages are read within limits or refused."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.docjson import document_from_json, document_to_json
from db.document import Document
from spiders.read import read
from spiders.read.datetext import first_day
from tests.farm.province import NIGHTS, province
from tests.farm.serve import FAMILIES

URL = "http://a.example.gov.cn/xxgk/tzgg/201905/t20190520_1.html"
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>关于开展检查的通知_清河区财政局</title>
<meta name="PubDate" content="2019-05-20"></head><body><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">信息公开</a> &gt;
<a href="/xxgk/tzgg/">通知公告</a></div><h1>关于开展检查的通知</h1><p>发布日期：2019-05-20　来源：清河区财政局</p>
<div id="c"><p>各有关单位：现将有关事项通知如下，请认真贯彻执行。</p><p>一、高度重视，加强领导，明确责任。</p><table><tr><td>序号</td><td>事项</td></tr></table>
<a href="1.pdf">附件.pdf</a></div></body></html>"""


def told(doc: Document) -> Document:
    """What a page says, without how it was spelt in bytes."""
    return replace(doc, charset="", charset_rule="", meta=())


BASE = told(read(PAGE.format(charset="utf-8").encode(), url=URL))


def test_the_page_is_read_as_it_should_be() -> None:
    assert (BASE.title, BASE.published and BASE.published.value, BASE.column) == ("关于开展检查的通知", "2019-05-20", ("信息公开", "通知公告"))


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gbk", "gb2312", "utf-16", "utf-8-sig"])
def test_reading_is_stable_under_re_encoding(charset: str) -> None:
    assert told(read(PAGE.format(charset=charset).encode(charset), url=URL)) == BASE


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["<!-- x -->", " ", "\n", "\t", "<!--[if IE]>y<![endif]-->"])), max_size=8))
def test_reading_is_stable_under_white_space_and_comments_between_elements(extra: list[tuple[int, str]]) -> None:
    parts = re.split(r"(?<=>)(?=\s*<(?:p|div|h1|table|body|head|title|meta)\b)", PAGE.format(charset="utf-8"))
    for at, text in extra:
        parts.insert(min(at, len(parts)), text)
    assert told(read("".join(parts).encode(), url=URL)) == BASE


def test_the_order_of_attributes_does_not_matter() -> None:
    turned = re.sub(r'<meta name="PubDate" content="2019-05-20">', '<meta content="2019-05-20" name="PubDate">', PAGE)
    assert told(read(turned.format(charset="utf-8").encode(), url=URL)) == BASE


DAYS = st.dates(date(1990, 1, 1), date(2039, 12, 31))
HAN = "〇一二三四五六七八九"


def _han_number(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones or n == 0 else "")


@given(DAYS)
def test_dates_round_trip_over_every_spelling(day: date) -> None:
    han = "".join(HAN[int(c)] for c in str(day.year)) + f"年{_han_number(day.month)}月{_han_number(day.day)}日"
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    for text in (day.isoformat(), f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}-{day.month}-{day.day}",
                 f"[{day:%Y-%m-%d}]", f"{day:%Y-%m-%d} 09:30:15", day.isoformat().translate(wide), han, han.replace("〇", "○"), f"{day:%Y%m%d}"):
        assert first_day(text) == day.isoformat(), text


@given(DAYS)
def test_numbers_of_documents_and_phones_are_no_dates(day: date) -> None:
    for text in (f"沪府办发〔{day.year}〕7号", f"电话：021-{day.year}1234", f"{day.year}年度", "1234567890", f"第{day.year}号"):
        assert first_day(text) is None, text


def test_every_document_survives_being_stored() -> None:
    for site in province():
        web = FAMILIES[site.family](site, NIGHTS[1])
        for path in ("/", "/xxgk/", "/xxgk/qzqd/", "/col/col101/index.html", "/list.asp?id=2", "/plus/list.php?tid=5", "/xxgk.htm"):
            answer = web.get(*[*path.split("?"), ""][:2])
            doc = read(answer.body, url=f"http://{site.host}{path}", headers={"content-type": answer.type}, status=answer.status)
            assert document_from_json(document_to_json(doc), doc.text) == doc


@settings(max_examples=60)
@given(st.binary(max_size=4000))
def test_noise_never_raises(noise: bytes) -> None:
    for body in (noise, b"<html>" + noise, noise * 3 + b"</table></div>", b"%PDF-1.4" + noise, b"PK\x03\x04" + noise[:200], b"{" + noise):
        read(body, url=URL)


def _deep(n: int) -> bytes:
    return b"<div>" * n + "正文".encode() + b"</div>" * n


HOSTILE = {
    "depth of 100,000": _deep(100_000),
    "a million links": b"<html><body>" + b'<a href="/x">x</a>' * 1_000_000,
    "null bytes": PAGE.format(charset="utf-8").encode().replace(b"<p>", b"<p>\x00\x00") * 3,
    "unclosed everything": "<table><tr><td><ul><li><b><i>正文".encode() * 20_000,
    "entities": b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><html>" + b"&b;&amp;&#x4e2d;" * 50_000,
    "one attribute of 5 MB": b"<html><body><p title='" + b"x" * 5_000_000 + b"'>y</p>",
    "a line of 5 MB": b"<html><body><p>" + "中".encode() * 1_700_000 + b"</p>",
    "20,000 frames": b"<html>" + b"<iframe src=/a></iframe>" * 20_000,
    "nested comments": b"<!--" * 200_000 + b"-->" * 10,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_within_limits_or_refused(name: str) -> None:
    began = time.monotonic()
    doc = read(HOSTILE[name], url=URL)
    assert time.monotonic() - began < 30, "a hostile page must not hold up a night"
    assert len(doc.links) <= 30_000
    assert len(doc.items) <= 30_000


@given(st.dates(date(2015, 1, 1), date(2025, 1, 1)), st.integers(0, 400))
def test_the_same_bytes_give_an_equal_document(day: date, more: int) -> None:
    body = PAGE.replace("2019-05-20", (day + timedelta(days=more)).isoformat()).format(charset="utf-8").encode()
    assert read(body, url=URL) == read(body, url=URL)

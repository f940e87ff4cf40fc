"""DNS messages: what is made and read agrees with dnspython's reading; nothing that is no answer is taken for one."""

from __future__ import annotations

import contextlib

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.probe.message import RCODES, TYPES, MalformedAnswer, question, read

LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)
NAME = st.lists(LABEL, min_size=1, max_size=5).map(".".join)
SIX = st.ip_addresses(v=6).map(str)
FOUR = st.ip_addresses(v=4).map(str)


def answered(asked: bytes, records: list[tuple[str, str, str]], rcode: int = 0, aa: bool = False) -> bytes:
    """An answer as a server would send it, by dnspython, names compressed."""
    reply = dns.message.make_response(dns.message.from_wire(asked))
    reply.set_rcode(rcode)
    if aa:
        reply.flags |= dns.flags.AA
    for owner, kind, value in records:
        reply.answer.append(dns.rrset.from_text(owner + ".", 60, "IN", kind, value + ("." if kind in ("CNAME", "NS") else "")))
    return reply.to_wire()


@given(NAME, st.sampled_from(sorted(TYPES)), st.integers(0, 65535), st.booleans())
def test_a_question_is_what_dnspython_would_ask(name: str, kind: str, ident: int, recurse: bool) -> None:
    made = dns.message.from_wire(question(ident, name, kind, recurse))
    assert made.id == ident
    assert made.question[0].to_text() == f"{name}. IN {kind}"
    assert bool(made.flags & dns.flags.RD) is recurse
    assert made.edns == 0


@given(NAME, st.lists(SIX, max_size=4, unique=True), st.lists(FOUR, max_size=3, unique=True), st.lists(NAME, max_size=3, unique=True),
       st.sampled_from(sorted(RCODES)), st.booleans())
def test_an_answer_is_read_as_it_was_made(name: str, six: list[str], four: list[str], names: list[str], rcode: int, aa: bool) -> None:
    asked = question(7, name, "AAAA")
    records = [*((name, "AAAA", a) for a in six), *((name, "A", a) for a in four), *((name, "NS", n) for n in names)]
    got = read(asked, answered(asked, records, rcode, aa))
    assert sorted(got.records) == sorted(records)
    assert (got.rcode, got.authoritative) == (RCODES[rcode], aa)


@given(st.binary(max_size=400))
def test_noise_is_refused_or_read_but_never_breaks(data: bytes) -> None:
    with contextlib.suppress(MalformedAnswer):
        read(question(1, "a.example", "A"), data)


@given(st.data())
def test_an_answer_with_bytes_changed_is_refused_or_read(data: st.DataObject) -> None:
    asked = question(1, "www.a.example", "AAAA")
    whole = bytearray(answered(asked, [("www.a.example", "AAAA", "2400:3200::1"), ("www.a.example", "NS", "ns.a.example")]))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(MalformedAnswer):
        read(asked, bytes(whole[: data.draw(st.integers(0, len(whole)))]))


def test_an_answer_to_another_question_is_none() -> None:
    other = question(1, "b.example", "AAAA")
    with pytest.raises(MalformedAnswer):
        read(question(1, "a.example", "AAAA"), answered(other, [("b.example", "AAAA", "2400::1")]))


def test_a_name_that_points_at_itself_is_refused() -> None:
    asked = question(1, "a.example", "A")
    head = b"\0\1\x81\x80\0\1\0\1\0\0\0\0" + asked[12:-11]
    with pytest.raises(MalformedAnswer):
        read(asked, head + b"\xc0" + bytes([len(head)]) + b"\0\1\0\1\0\0\0\0\0\4\1\2\3\4")


@pytest.mark.parametrize("name", ["a..b", "", "x" * 64 + ".cn", ".".join(["y" * 60] * 5)])
def test_what_is_no_name_is_not_asked(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        question(1, name, "A")


def test_a_chinese_name_is_asked_in_its_ascii_form() -> None:
    assert b"xn--" in question(1, "政务.cn", "A")

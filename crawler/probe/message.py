"""DNS messages as they cross the wire (RFC 1035 section 4): a question made, an answer read, nothing of it trusted.

Only what the probes ask for is read (A, AAAA, CNAME, NS, SOA); other records are stepped over. A message that is cut,
loops in its names or answers another question raises MalformedAnswer.
"""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "AAAA": 28}
_NAMES = {v: k for k, v in TYPES.items()}
RCODES = {0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED"}
SIZE = 1232  # bytes of UDP that pass everywhere unbroken (DNS flag day 2020); said in an OPT record (RFC 6891)
_OPT = b"\0" + struct.pack(">HHIH", 41, SIZE, 0, 0)
_HEAD = struct.Struct(">HHHHHH")
_FIXED = struct.Struct(">HHIH")


class MalformedAnswer(ValueError):
    """The bytes are no answer to the question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One message read. records, authority: (owner, type, value), names in lower case without the last dot."""

    rcode: str
    authoritative: bool
    recursive: bool
    truncated: bool
    records: tuple[tuple[str, str, str], ...]
    authority: tuple[tuple[str, str, str], ...]


def question(ident: int, name: str, kind: str, recurse: bool = True) -> bytes:
    """The bytes of a question; ValueError for a name that no DNS can hold."""
    labels = [x.encode("idna") if not x.isascii() else x.encode() for x in name.rstrip(".").split(".")]
    if any(not 0 < len(x) < 64 for x in labels) or sum(len(x) + 1 for x in labels) > 254:
        raise ValueError(f"not a name: {name[:80]!r}")
    owner = b"".join(bytes((len(x),)) + x for x in labels)
    return b"".join((_HEAD.pack(ident, 0x0100 if recurse else 0, 1, 0, 0, 1), owner, b"\0", struct.pack(">HH", TYPES[kind], 1), _OPT))


def read(asked: bytes, got: bytes) -> Answer:
    """An answer to a question made by ``question``."""
    try:
        _, flags, questions, answers, authorities, _ = _HEAD.unpack_from(got)
        if not flags & 0x8000 or questions > 1:
            raise MalformedAnswer("no answer")
        at = 12
        if questions:
            name, at = _name(got, at)
            wanted, end = _name(asked, 12)
            if name != wanted or got[at : at + 4] != asked[end : end + 4]:
                raise MalformedAnswer("an answer to another question")
            at += 4
        records, at = _records(got, at, answers)
        authority, at = _records(got, at, authorities) if not flags & 0x0200 else ((), at)
    except (struct.error, IndexError, UnicodeDecodeError) as exc:
        raise MalformedAnswer("cut short") from exc
    code = flags & 0xF
    return Answer(RCODES.get(code, f"RCODE{code}"), bool(flags & 0x0400), bool(flags & 0x0080), bool(flags & 0x0200), records, authority)


def _records(data: bytes, at: int, count: int) -> tuple[tuple[tuple[str, str, str], ...], int]:
    out = []
    for _ in range(count):
        owner, at = _name(data, at)
        kind, _, _, size = _FIXED.unpack_from(data, at)
        at += 10
        end = at + size
        if end > len(data):
            raise MalformedAnswer("cut short")
        if kind == 28 and size == 16:
            out.append((owner, "AAAA", str(ipaddress.IPv6Address(data[at:end]))))
        elif kind == 1 and size == 4:
            out.append((owner, "A", f"{data[at]}.{data[at + 1]}.{data[at + 2]}.{data[at + 3]}"))
        elif kind in (2, 5, 6):
            out.append((owner, _NAMES[kind], _name(data, at)[0]))
        at = end
    return tuple(out), at


def _name(data: bytes, at: int) -> tuple[str, int]:
    """The name at an offset and where it ends; pointers lead only backwards, so that none can loop (RFC 1035 4.1.4)."""
    labels: list[str] = []
    after = -1
    while size := data[at]:
        if size >= 0xC0:
            target = (size & 0x3F) << 8 | data[at + 1]
            if after < 0:
                after = at + 2
            if target >= at:
                raise MalformedAnswer("a name that points forward")
            at = target
            continue
        if size > 63:
            raise MalformedAnswer("a label of an unknown sort")
        label = data[at + 1 : at + 1 + size]
        if len(label) < size:
            raise MalformedAnswer("cut short")
        labels.append(label.decode("latin-1").lower())
        at += 1 + size
    return ".".join(labels), after if after >= 0 else at + 1

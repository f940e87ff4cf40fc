"""Bytes to text: which charset, by which rule, and was anything damaged.

Order: byte order mark, HTTP header, meta, content. A page that says UTF-8 and is not is read as GB18030 where that
fits (LIBRARIES.md, P6); gb2312 and gbk are read as their superset GB18030.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_\-]+)""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([a-zA-Z0-9_\-]+)""", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-]+)", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What UTF-8 Chinese looks like when somebody once decoded it as Latin-1 or GBK and saved the result.
_TWICE = re.compile("[ÃÂåæçèéä][\u0080-\u00bf]|锟斤拷|烫烫烫")
_ASCII = bytes(range(0x80))
_TWICE_SIGNS = "ÃÂåæçèéä锟烫"  # one of them stands in all that _TWICE finds; looking for them first is ten times faster
DAMAGED = 0.01  # share of U+FFFD above which text counts as damaged


@dataclass(frozen=True, slots=True)
class Decoded:
    """text; charset that made it; rule: bom, header, meta, content or repaired; damaged: mojibake remains."""

    text: str
    charset: str
    rule: str
    damaged: bool = False


def _codec(name: str) -> str | None:
    low = name.lower()
    if low in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "cp936", "hz-gb-2312"):
        return "gb18030"
    try:
        return codecs.lookup(low).name
    except LookupError:
        return None


def _strict(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (UnicodeDecodeError, UnicodeError):
        return None


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode a page; never raises."""
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :].decode(charset, "replace") if charset == "utf-8"
                           else body.decode(charset, "replace"), charset, "bom")
    claims: list[tuple[str, str]] = []
    if header := _HEADER.search(content_type):
        claims.append((header[1], "header"))
    if meta := _XML.search(body[:256]) or _META.search(body[:8192]):
        claims.append((meta[1].decode("ascii"), "meta"))
    known = [(codec, rule) for name, rule in claims if (codec := _codec(name))]
    for codec, rule in known:
        text = _strict(body, codec)
        if text is not None and not (codec == "gb18030" and _is_utf8(body)):
            return _checked(text, codec, rule)
    for codec in ("utf-8", "gb18030"):
        text = _strict(body, codec)
        if text is not None:
            return _checked(text, codec, "repaired" if known else "content")
    # Nothing fits whole: take the reading that loses least (a torn tail or a few bad bytes are common).
    best = min((body.decode(c, "replace") for c in ("utf-8", "gb18030")), key=lambda t: t.count("\ufffd"))
    codec = "utf-8" if body.decode("utf-8", "replace") == best else "gb18030"
    rule = next((r for c, r in known if c == codec), "repaired" if known else "content")
    return Decoded(best, codec, rule, best.count("\ufffd") > DAMAGED * max(len(best), 1))


def _is_utf8(body: bytes) -> bool:
    """True for bytes above ASCII that are valid UTF-8: by chance GB18030 text of any length is not."""
    if body.isascii():
        return False
    return len(body[:65536].translate(None, _ASCII)) >= 6 and _strict(body, "utf-8") is not None


def _checked(text: str, codec: str, rule: str) -> Decoded:
    head = text[:20000]
    if any(c in head for c in _TWICE_SIGNS) and len(_TWICE.findall(head)) > 20:
        try:
            return Decoded(text.encode("latin-1").decode("utf-8"), codec, "repaired")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return Decoded(text, codec, rule, damaged=True)
    return Decoded(text, codec, rule)

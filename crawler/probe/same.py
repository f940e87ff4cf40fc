"""How alike two captures of one home page are, had over IPv4 and IPv6 close in time: figures, not a verdict.

Text is compared, not bytes: tokens, counters, dates and times of the day differ between any two visits (Internet.nl
issues 147, 540, 1267). Structure is the multiset of elements with their classes.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import lxml.html
from lxml.etree import ParserError

_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,20})""", re.I)
_DIGITS = re.compile(r"[\d\s]+")
SHINGLE = 4  # characters; enough to tell sentences from shared words


def compared(four: bytes, six: bytes, type4: str = "", type6: str = "") -> dict[str, Any]:
    """text, structure: 0..1; title4, title6; small: characters of the shorter text; identical: byte for byte."""
    if four == six:
        text, _, title = _read(four, type4)
        return {"text": 1.0, "structure": 1.0, "title4": title, "title6": title, "small": len(text), "identical": True}
    (text4, shape4, title4), (text6, shape6, title6) = _read(four, type4), _read(six, type6)
    return {"text": _alike(_shingles(text4), _shingles(text6)), "structure": _alike(shape4, shape6), "title4": title4, "title6": title6,
            "small": min(len(text4), len(text6)), "identical": False}


def decoded(body: bytes, content_type: str = "") -> str:
    """Bytes as text: by their mark, the header, the meta, else UTF-8 or GB18030."""
    said = re.search(r"charset=[\"']?([\w-]+)", content_type, re.I)
    meta = _META.search(body[:4096])
    mark = "utf-8-sig" if body[:3] == b"\xef\xbb\xbf" else ""
    for name in (mark, said[1] if said else "", meta[1].decode() if meta else "", "utf-8", "gb18030"):
        if name:
            try:
                return body.decode("gb18030" if name.lower() in ("gb2312", "gbk") else name)
            except (LookupError, UnicodeDecodeError):
                continue
    return body.decode("gb18030", "replace")


def _read(body: bytes, content_type: str) -> tuple[str, Counter[str], str]:
    """(text without digits and spaces, elements, title)."""
    text = decoded(body, content_type).replace("\0", "")
    try:
        tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ParserError, ValueError):
        return _DIGITS.sub("", text), Counter(), ""
    title = " ".join((tree.findtext(".//title") or "").split())[:200]
    shape: Counter[str] = Counter()
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript"):
            element.text = None
            continue
        shape[f"{element.tag} {element.get('class', '')}"] += 1
    return _DIGITS.sub("", str(tree.text_content())), shape, title


def _shingles(text: str) -> Counter[str]:
    if len(text) < SHINGLE:
        return Counter([text] if text else [])
    return Counter(text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1))


def _alike(one: Counter[str], two: Counter[str]) -> float:
    """Shared part of both multisets (Dice), to three digits; two empty ones are alike."""
    total = one.total() + two.total()
    return round(2 * (one & two).total() / total, 3) if total else 1.0

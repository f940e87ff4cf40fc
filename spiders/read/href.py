"""Where a link leads: its href, or what its script says where the href says nothing."""

from __future__ import annotations

import re
from typing import Any

_GO = re.compile(r"""(?:location(?:\.href)?\s*=\s*(?:encodeURI\s*\()?|open\w*\s*\(|goto\w*\s*\(|href\s*=)\s*['"]([^'"<>]{2,300})['"]""", re.I)


_VOID = re.compile(r"javascript:\s*(?:void\s*\(?\s*\d?\s*\)?|return\s+(?:false|true)|)\s*;*$", re.I)
_CALLS = re.compile(r"(?:javascript:)?\s*[\w$.]+\s*\(")
_ASIDE = ("data-url", "data-href", "data-link")  # where scripts look for the address


_ADDRESS = re.compile(r"(?:https?:)?/{1,2}[^\s<>\"']{2,300}$|[\w\-./]{1,200}\.(?:s?html?|jsp|aspx?|php)(?:\?[^\s<>\"']*)?$|[\w\-./]{2,200}/$", re.I)


def href_of(el: Any) -> str:
    """Where a link leads: its href, or the address that its script goes to where the href says nothing."""
    href = (el.get("href") or "").strip()
    if href and href[0] != "#" and not href.lower().startswith("javascript:"):
        return href
    for script in (href, el.get("onclick") or ""):
        if m := _GO.search(script):
            return m[1]
    if said := next((el.get(n) for n in _ASIDE if el.get(n)), None):
        return str(said)
    if (not href or href == "#" or _VOID.match(href)) and _CALLS.match(script := (el.get("onclick") or "").strip()):
        return "javascript:" + script.removeprefix("javascript:")
    return href


def goes(el: Any) -> bool:
    """Whether a row or a piece of text that is no anchor, and holds none, opens a page when it is clicked."""
    script = el.get("onclick")
    return bool(script) and el.tag != "a" and _GO.search(script) is not None and next(el.iter("a"), None) is None


def looks_like_address(value: str) -> bool:
    """Whether the value of a choice is where it leads."""
    return bool(_ADDRESS.match(value.strip()))

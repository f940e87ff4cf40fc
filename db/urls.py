"""Canonical addresses and page identity: when two requests are for the same page.

It stands in the lowest layer because crawl, audit and database must agree on it. ``canonical`` is idempotent.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from db.words import PageRef

MAX_URL = 2048  # longer ones are traps or data: nobody publishes under them
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?#;]*", re.I)
_SESSION_KEYS = {"jsessionid", "phpsessid", "aspsessionid", "sessionid"}
_SESSION_VALUE = 16  # characters; a shorter sid names a site (gkmlpt), not a visit
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?[]|{}"
_PERCENT = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _normal_percent(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else match[0].upper()

    return _PERCENT.sub(one, text)


def _is_session(key: str, value: str) -> bool:
    key = key.lower()
    return key in _SESSION_KEYS or (key == "sid" and len(value) >= _SESSION_VALUE)


def _dots(path: str) -> str:
    out: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if len(out) > 1:
                out.pop()
        elif part != ".":
            out.append(part)
    if path.endswith(("/.", "/..")):
        out.append("")
    return "/".join(out) or "/"


@lru_cache(maxsize=1 << 16)
def canonical(url: str) -> str:
    """Canonical form of an http(s) address, or "" for anything else, unparsable or longer than MAX_URL.

    Lower-case scheme and host, no default port, no fragment, no session id, Chinese percent-encoded as UTF-8,
    dot segments resolved. Index pages and query order are left as they are: servers tell them apart.
    """
    try:
        parts = urlsplit(url.strip().replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", ""))
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError):
        return ""
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host or " " in host:
        return ""
    if ":" in host:
        host = f"[{host}]"
    if port and port != {"http": 80, "https": 443}[scheme]:
        host = f"{host}:{port}"
    path = _SESSION.sub("", parts.path)
    path = _dots(_normal_percent(quote(path, safe=_PATH_SAFE, errors="replace"))) if path else "/"
    if not path.startswith("/"):
        path = "/" + path
    query = _normal_percent(quote(parts.query, safe=_QUERY_SAFE, errors="replace"))
    if query:
        kept = [p for p in query.split("&") if not _is_session(*p.partition("=")[::2])]
        query = "&".join(kept)
    result = urlunsplit((scheme, host, path, query, ""))
    return result if len(result) <= MAX_URL else ""


def join(base: str, href: str) -> str:
    """Canonical absolute address of a link on a page, or ""."""
    href = href.strip()
    if not href or len(href) > MAX_URL or href[0] == "#":
        return ""
    head = href[:12].lower()
    if head.startswith(("javascript:", "mailto:", "tel:", "data:", "about:", "file:", "ftp:")):
        return ""
    # most links name a path: whose page they stand on does not matter then, and a site's menu is joined once
    if href[0] == "/" and href[1:2] not in ("/", "\\"):
        end = base.find("/", 8)
        if end > 0 and "?" not in base[:end] and "#" not in base[:end]:
            return _join(base[:end] + "/", href)
    elif head.startswith(("http://", "https://")) and "/" not in href[7:9]:
        return canonical(href)
    return _join(base, href)


@lru_cache(maxsize=1 << 15)
def _join(base: str, href: str) -> str:
    try:
        return canonical(urljoin(base, href))
    except ValueError:
        return ""


def host_of(url: str) -> str:
    """Host name of an address in lower case, with a port that is not the default."""
    return canonical(url).split("://", 1)[-1].split("/", 1)[0]


@lru_cache(maxsize=1 << 17)
def page_key(ref: PageRef) -> str:
    """Identity of a page: digest of method, canonical address and payload."""
    url = canonical(ref.url) or ref.url
    payload = hashlib.sha256(ref.payload).hexdigest() if ref.payload else ""
    return hashlib.sha256(f"{ref.method} {url} {payload}".encode("utf-8", "replace")).hexdigest()


_INDEX = re.compile(r"(?:index|default|main|home)\.[a-z]+$", re.I)


def sent_up(url: str, target: str) -> bool:
    """Whether a page leads to the folder it lies in, to one above, or to a front page: how a site says that it is gone.

    >>> sent_up("http://a.cn/zwgk/2019/1.html", "http://a.cn/"), sent_up("http://a.cn/zwgk/index.html", "http://a.cn/zwgk/")
    (True, False)
    """
    own, other = urlsplit(canonical(url)), urlsplit(canonical(target))
    path, folder = own.path.rpartition("/")[0] + "/", _INDEX.sub("", other.path)
    if not own.netloc or not other.netloc or other.query or not folder.endswith("/") or _INDEX.sub("", own.path).endswith("/"):
        return False
    return folder == "/" or (own.netloc.removeprefix("www.") == other.netloc.removeprefix("www.") and path.startswith(folder))

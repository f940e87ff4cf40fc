"""The site's own search: a GET form with one text field, as an address with a gap for the words."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

from db.urls import join
from spiders.read.blocks import Page

GAP = "{words}"
_MARK = re.compile(r"search|query|keyword|key|wd$|^q$|^qt$|^s$|sword|检索|搜索", re.I)
_LATER = re.compile(r"login|user|pass|subscribe|mail|feedback|letter|vote", re.I)


def search_address(page: Page, url: str) -> str:
    """``http://host/search?q={words}``; empty where the page has no such form. Forms that post are never filled in."""
    for form in page.root.iter("form"):
        if (form.get("method") or "get").lower() != "get" or not form.get("action"):
            continue
        texts, hidden = _fields(form)
        said = " ".join((form.get("action") or "", form.get("id") or "", form.get("name") or "", *texts))
        if len(texts) != 1 or _LATER.search(said) or not (_MARK.search(texts[0]) or _MARK.search(said)):
            continue
        target = join(url, form.get("action"))
        if target:
            rest = urlencode(hidden)
            return f"{target}{'&' if '?' in target else '?'}{rest}{'&' if rest else ''}{quote(texts[0])}={GAP}"
    return ""


def _fields(form: Any) -> tuple[list[str], list[tuple[str, str]]]:
    texts, hidden = [], []
    for el in form.iter("input", "select", "textarea"):
        name, kind = el.get("name"), (el.get("type") or "text").lower()
        if not name:
            continue
        if el.tag == "input" and kind in ("text", "search"):
            texts.append(name)
        elif el.tag == "input" and kind == "hidden":
            hidden.append((name, el.get("value") or ""))
        elif el.tag != "input":
            return [], []
    return texts, hidden

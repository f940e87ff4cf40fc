"""The site's own search: a form with one text field, as an address with a gap for the words; below it the body, where it posts."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

from db.urls import join
from spiders.read.blocks import Page

GAP = "{words}"
_MARK = re.compile(r"search|query|keyword|key|wd$|^q$|^qt$|^s$|sword|检索|搜索", re.I)
_LATER = re.compile(r"login|user|pass|subscribe|mail|feedback|letter|vote", re.I)
_STATE = re.compile(r"^__|viewstate|token|csrf", re.I)


def search_address(page: Page, url: str) -> str:
    """``http://host/search?q={words}``; empty where the page has no such form.

    A form that posts may change something: it is taken for a search only where its field and its address or button both say
    so and it keeps no state of the page; its body stands on a second line.
    """
    for form in page.root.iter("form"):
        method = (form.get("method") or "get").lower()
        if method not in ("get", "post") or not form.get("action"):
            continue
        texts, hidden = _fields(form)
        around = " ".join((form.get("action") or "", form.get("id") or "", form.get("name") or ""))
        said = f"{around} {' '.join(texts)}"
        if len(texts) != 1 or _LATER.search(said) or not (_MARK.search(texts[0]) or _MARK.search(said)):
            continue
        target = join(url, form.get("action"))
        if target and method == "post":
            button = " ".join(str(el.get("value") or "") + "".join(el.itertext()) for el in form.iter("input", "button") if el.get("name") != texts[0])
            if _MARK.search(texts[0]) and (_MARK.search(around) or _MARK.search(button)) and not any(_STATE.search(k) for k, _ in hidden):
                return f"{target}\n{urlencode([*hidden, (texts[0], '')])}{GAP}"
        elif target:
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

"""Menus that a script draws: the columns of a site, their addresses and which lies under which.

Three kinds are common on government sites: WebFX trees (VSB), dtree, and lists of objects with name and url (zTree).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.urls import join
from spiders.read.blocks import Page, squeeze

MAX_NODES = 2000
MAX_SCRIPT = 400_000
_WEBFX = re.compile(r"var\s+(\w+)\s*=\s*new\s+WebFXTree(?:Item)?\s*\(\s*'((?:[^'\\]|\\.){1,300})'(?:\s*,\s*(?:document\.getElementById\(\"([\w\-]+)\"\)\.href|[\"']([^\"']*)[\"']))?")
_WEBFX_ADD = re.compile(r"\b(\w+)\.add\(\s*(\w+)\s*\)")
_DTREE = re.compile(r"\.add\(\s*['\"]?(-?\w+)['\"]?\s*,\s*['\"]?(-?\w+)['\"]?\s*,\s*['\"]([^'\"]{1,60})['\"]\s*,\s*['\"]([^'\"]{0,300})['\"]")
_OBJECT = re.compile(r"\{[^{}]{5,600}\}")
_KEY = re.compile(r"""["']?\b(id|pId|pid|parentId|name|title|text|url|href|link)["']?\s*:\s*(?:"([^"]{0,300})"|'([^']{0,300})'|(-?\w+))""")
_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Node:
    """One entry: its name, absolute address (may be empty) and the names above it, from the root down."""

    name: str
    url: str
    above: tuple[str, ...]


def nodes(page: Page, url: str) -> list[Node]:
    """Every entry of the menus that the page's scripts draw."""
    if page.menu is not None:
        return page.menu
    raw: dict[str, tuple[str, str]] = {}
    parent: dict[str, str] = {}
    for n, script in enumerate(page.scripts):
        if len(script) > MAX_SCRIPT:
            continue
        if "WebFXTree" in script:
            for m in _WEBFX.finditer(script):
                href = (page.ids.get(m[3]) or (url if m[3] in page.ids else "")) if m[3] else m[4] or ""  # an empty one is this page
                raw[m[1]] = (_TAG.sub("", m[2]), href)
            parent.update({m[2]: m[1] for m in _WEBFX_ADD.finditer(script)})
        elif ".add(" in script:
            for m in _DTREE.finditer(script):
                raw[f"{n}.{m[1]}"] = (m[3], m[4])
                parent[f"{n}.{m[1]}"] = f"{n}.{m[2]}"
        elif ("pId" in script or "zTree" in script or "parentId" in script) and "name" in script:
            _objects(script, n, raw, parent)
    page.menu = [_node(key, raw, parent, url) for key in list(raw)[:MAX_NODES]]
    return page.menu


def _objects(script: str, n: int, raw: dict[str, tuple[str, str]], parent: dict[str, str]) -> None:
    for obj in _OBJECT.finditer(script):
        said: dict[str, str] = {}
        for m in _KEY.finditer(obj[0]):
            said.setdefault(m[1], m[2] or m[3] or m[4] or "")
        name = said.get("name") or said.get("title") or said.get("text") or ""
        ident = said.get("id", "")
        if name and ident:
            raw[f"{n}.{ident}"] = (name, said.get("url") or said.get("href") or said.get("link") or "")
            up = said.get("pId") or said.get("pid") or said.get("parentId") or ""
            if up:
                parent[f"{n}.{ident}"] = f"{n}.{up}"


def _node(key: str, raw: dict[str, tuple[str, str]], parent: dict[str, str], url: str) -> Node:
    name, href = raw[key]
    above: list[str] = []
    up, steps = parent.get(key, ""), 0
    while up in raw and steps < 12:
        above.insert(0, squeeze(raw[up][0]))
        up, steps = parent.get(up, ""), steps + 1
    return Node(squeeze(_TAG.sub("", name)), join(url, href), tuple(above))


def below(page: Page, url: str, here: str) -> int:
    """How many entries lie under this very page; all of them where no entry leads to it."""
    path = path_of(page, url, here)
    every = nodes(page, url)
    if not path:
        return len(every)
    return sum(n.above[: len(path)] == tuple(path) for n in every)


def _plain(url: str) -> str:
    """Without .htm, .html and the like: sites name the same page both ways."""
    return re.sub(r"\.s?html?$|/(?:index|default)\.\w+$|/$", "", url)


def path_of(page: Page, url: str, here: str) -> list[str]:
    """The names down to the entry that leads to this very page; empty where none does."""
    for node in nodes(page, url):
        if node.url and _plain(node.url) == _plain(here):
            return [*node.above, node.name]
    return []

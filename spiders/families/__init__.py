"""Families of CMS: what the generic reader cannot know, one family a file.

A family module offers ``NAME``, ``signs(html, url) -> str | None`` (the evidence) and may offer
``requests(html, url) -> list[PageRef]``: the requests by which its pages fetch what their HTML does not show;
``menu(html, url) -> list[Node]``: the columns that its script draws.
"""

from __future__ import annotations

from db.words import PageRef
from spiders.families import affair_api, gkmlpt, hanweb, marks, policy_platform
from spiders.read.scriptmenu import Node

_FAMILIES = (affair_api, policy_platform, gkmlpt, hanweb)
_BY_NAME = {module.NAME: module for module in _FAMILIES}


def detect(html: str, url: str) -> tuple[str, str]:
    """Family and the evidence for it; ("generic", "") where nothing tells."""
    for module in _FAMILIES:
        if evidence := module.signs(html, url):
            return module.NAME, evidence
    return marks.find(html, url)


def requests_of(html: str, url: str, name: str) -> list[PageRef]:
    """The requests that bring what a page of the family does not show in its HTML."""
    module = _BY_NAME.get(name)
    return module.requests(html, url) if module is not None else []


def menu_of(html: str, url: str, name: str) -> list[Node]:
    """The columns that a page of the family draws by script."""
    return gkmlpt.menu(html, url) if name == gkmlpt.NAME else []

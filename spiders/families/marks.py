"""Families that differ from the generic reader in nothing but their name: told by a mark each, for the record."""

from __future__ import annotations

import re

from db.literals import Words, needs

_MARKS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("trs", "TRS marks or article address", re.compile(r"trs_editor|trs_preappend|trs_web|createpagehtml|/t20\d{6}_\d+\.s?html")),
    ("ucap", "UCAP tags", re.compile(r"<ucap(?:title|content)|ucapcontent|ucaptitle|开普")),
    ("nfsq", "集约化 marks", re.compile(r"nfcms|/postmeta/p/|post_\d+\.html|nfw-cms-attachment")),
    ("vsb", "VSB marks", re.compile(r"vsb_content|_vsl|/_upload/article/|webplus|v_news_content")),
    ("epoint", "Epoint marks", re.compile(r"epoint|ewb-|/epointwebbuilder")),
    ("dedecms", "DedeCMS marks", re.compile(r"dedecms|/plus/(?:list|view|search|count)\.php|dedeajax")),
    ("jeecms", "JEECMS marks", re.compile(r"jeecms|/r/cms/")),
)


_NEEDS = tuple(needs(pattern.pattern, pattern.flags) for _, _, pattern in _MARKS)
_WORDS = Words(_NEEDS)
HEAD = 60_000  # characters; marks stand in heads, scripts and the first links


def find(html: str, url: str) -> tuple[str, str]:
    """First mark that fits."""
    head = html[:HEAD]
    low = head.lower()
    there = _WORDS.of(low)
    for (name, evidence, pattern), words in zip(_MARKS, _NEEDS, strict=True):
        m = pattern.search(url.lower())
        if m is None and words is not None and not there.isdisjoint(words):
            m = pattern.search(low)
        if m:
            return name, f"{evidence}: {m[0][:60]}"
    return "generic", ""

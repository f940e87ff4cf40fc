"""Families that differ from the generic reader in nothing but their name: told by a mark each, for the record."""

from __future__ import annotations

import re

from db.literals import needs

_MARKS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("policy_platform", "address or API of the city platform", re.compile(r"/gwk/policy/|/zhengce/(?:detail|list|more)\b")),
    ("trs", "TRS marks or article address", re.compile(r"TRS_Editor|TRS_PreAppend|trs_web|createPageHTML|/t20\d{6}_\d+\.s?html")),
    ("ucap", "UCAP tags", re.compile(r"<ucap(?:title|content)|UCAPCONTENT|UCAPTITLE|开普", re.I)),
    ("gkmlpt", "gkmlpt address", re.compile(r"/gkmlpt/")),
    ("nfsq", "集约化 marks", re.compile(r"NFCMS|/postmeta/p/|post_\d+\.html|nfw-cms-attachment", re.I)),
    ("vsb", "VSB marks", re.compile(r"vsb_content|_vsl|/_upload/article/|webplus|v_news_content", re.I)),
    ("epoint", "Epoint marks", re.compile(r"epoint|ewb-|/EpointWebBuilder", re.I)),
    ("dedecms", "DedeCMS marks", re.compile(r"dedecms|/plus/(?:list|view|search|count)\.php|DedeAjax", re.I)),
    ("jeecms", "JEECMS marks", re.compile(r"jeecms|/r/cms/", re.I)),
)


_NEEDS = tuple(needs(pattern.pattern, pattern.flags) for _, _, pattern in _MARKS)
BEFORE = 40  # characters by which a mark may begin before the word that it must hold
HEAD = 60_000  # characters; marks stand in heads, scripts and the first links


def find(html: str, url: str) -> tuple[str, str]:
    """First mark that fits."""
    head = html[:HEAD]
    low = head.lower()
    for (name, evidence, pattern), words in zip(_MARKS, _NEEDS, strict=True):
        m = pattern.search(url)
        if m is None and words is not None:
            at = min((n for w in words if (n := low.find(w)) >= 0), default=-1)
            m = pattern.search(head, max(0, at - BEFORE)) if at >= 0 else None
        if m:
            return name, f"{evidence}: {m[0][:60]}"
    return "generic", ""

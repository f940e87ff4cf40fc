"""A challenge, a refusal or an error served in place of the page: told from content by rules that are data.

The rules stand in blocked.toml, each with where it was seen. A rule that names words of the body only fits where the
page shows little else, so that an article *about* such a page is never taken for one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from db.literals import Words, needs
from db.words import Kind, Reason

HEAD = 60_000  # bytes looked at; real challenge pages are far shorter
_TAGS = re.compile(r"<script.*?</script\s*>|<style.*?</style\s*>|<!--.*?-->|<[^>]{0,3000}>", re.S | re.I)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.S | re.I)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands there instead of the page. rule: its id in blocked.toml; seen: known from a real page."""

    kind: Kind
    reason: Reason
    rule: str
    seen: bool
    words: str


@dataclass(frozen=True, slots=True)
class _Rule:
    verdict: Judgement
    body: re.Pattern[str] | None
    header: re.Pattern[str] | None
    title: re.Pattern[str] | None
    status: frozenset[int]
    max_text: int | None
    needs: tuple[str, ...] | None  # of which the body must hold one, in lower case, before its pattern is tried


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    data = tomllib.loads((Path(__file__).parent / "blocked.toml").read_text("utf-8"))

    def pattern(rule: dict[str, str], key: str) -> re.Pattern[str] | None:
        # no re.I for bodies: it costs the regex engine its quick start, and low-cased text needs none
        return re.compile(rule[key], re.S if key == "body" else re.I | re.S) if key in rule else None

    return tuple(
        _Rule(Judgement(Kind(r["kind"]), Reason(r["reason"]), r["id"], r["seen"], r["words"]),
              pattern(r, "body"), pattern(r, "header"), pattern(r, "title"),
              frozenset(r.get("status", ())), r.get("max_text"), needs(r["body"], re.S) if "body" in r else None)
        for r in data["rule"]
    )


@lru_cache(maxsize=1)
def _words() -> Words:
    return Words(rule.needs for rule in _rules())


def visible_text(html: str) -> str:
    """A quick look at what a page shows: tags, scripts and styles off."""
    return re.sub(r"\s+", " ", _TAGS.sub(" ", html)).strip()


def judge(status: int, headers: Mapping[str, str], body: bytes, url: str, text: str | None = None,
          shown: int | None = None) -> Judgement | None:
    """What the answer is instead of a page, or None where it is a page.

    text: the decoded page, if the caller has it; shown: how many characters of it a visitor sees.
    """
    by_status = _by_status(status)
    if status < 400 and len(body) > 400_000:
        return None
    lines = "\n".join(f"{k}: {v}" for k, v in headers.items())
    html = text if text is not None else body[:HEAD].decode("utf-8", "replace")
    html = html[:HEAD]
    title_match = _TITLE.search(html)
    title = title_match[1].strip() if title_match else ""
    if shown is None:
        shown = len(visible_text(html))
    low = html.lower()
    there: set[str] | None = None
    for rule in _rules():
        if rule.status and status not in rule.status:
            continue
        if rule.max_text is not None and shown > rule.max_text:
            continue
        if rule.header is not None and not rule.header.search(lines):
            continue
        if rule.needs is not None:
            if there is None:
                there = _words().of(low)
            if there.isdisjoint(rule.needs):
                continue
        if rule.body is not None and not rule.body.search(low):
            continue
        if rule.title is not None and not rule.title.search(title):
            continue
        return rule.verdict
    return by_status


def _by_status(status: int) -> Judgement | None:
    if status in (404, 410):
        return Judgement(Kind.ERROR, Reason.GONE, f"status_{status}", True, "页面不存在")
    if status in (401, 407):
        return Judgement(Kind.BLOCKED, Reason.NEEDS_LOGIN, f"status_{status}", False, "需要登录")
    if status in (403, 405, 406, 412, 418, 429, 451, 494, 521, 567):
        return Judgement(Kind.BLOCKED, Reason.BLOCKED, f"status_{status}", True, "拒绝访问")
    if status >= 500:
        return Judgement(Kind.ERROR, Reason.HTTP_ERROR, f"status_{status}", True, "服务器出错")
    if status >= 400:
        return Judgement(Kind.ERROR, Reason.HTTP_ERROR, f"status_{status}", True, "请求出错")
    return None

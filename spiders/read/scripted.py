"""Links that lead nowhere by themselves: their script shows something else on the same page, ``#/list/12``, ``load(12)``.

What is told the script stands for the address. What only changes how the page looks, or sends something, is left out.
"""

from __future__ import annotations

import re

from db.document import Item
from db.urls import canonical, join
from db.words import DRAW, PageRef
from spiders.read.blocks import Anchor, Page, squeeze

MAX_SAID = 200  # characters
MAX_ENTRIES = 200
_ROUTE = re.compile(r"#!?/[^\s\"'<>]+$")
_CALL = re.compile(r"^javascript:\s*(?:return\s+)?([\w$.]+)\s*\([^;{}]*\)\s*;?\s*(?:return\s+(?:false|true)\s*;?\s*)?$", re.I)
_OTHER = re.compile(
    r"void|print|close|zoom|font|size|share|favo|bookmark|history|back|top$|scroll|homepage|login|logout|regist|submit|lang|cookie|wza|"
    r"barrier|accessib|speak|alert|confirm|delete|save|send|post|vote|zan|like|praise|upload|pay|reset|hide|toggle|jiathis|weixin|weibo", re.I)
_ON = re.compile(r"^\s*(?:[<《«]*\s*(?:下一?页|后一?页)\s*[>》»]*|[>»›]|(?:点击|点此)?(?:加载|查看|显示)更多.{0,4}|更多(?:数据|内容|信息)|load\s*more)\s*$", re.I)
_AT = re.compile(r"第\s*(\d+)\s*页?\s*/\s*共?\s*(\d+)\s*页|(?:页次|当前)[^\d\n]{0,4}(\d+)\s*/\s*(\d+)")
_WORDS = re.compile(r"^(?:[大中小]|打印|关闭|收藏|分享|繁体?|简体?|返回.*|登录|注册|搜索|查询|提交|重置|展开.*|收起.*|English|无障碍.*|长者.*|.*客户端|跳转|确定|GO|RSS|首页)$", re.I)


def ref_of(url: str, href: str) -> PageRef | None:
    """What a link leads to: an address, or a state of this page; None where it leads nowhere."""
    if target := join(url, href):
        return PageRef(target)
    said = squeeze(href)
    if not said or len(said) > MAX_SAID:
        return None
    call = _CALL.match(said)
    if _ROUTE.match(said) or (call and not _OTHER.search(call[1]) and call[0] != "javascript:"):
        return PageRef(canonical(url), DRAW, said.encode())
    return None


def state_entry(anchor: Anchor, url: str) -> Item | None:
    """The entry that a link of this kind is."""
    name = anchor.name
    if not 2 <= len(name) <= 60 or _WORDS.match(name) or not re.search(r"[\u4e00-\u9fff]{2}", name):
        return None
    ref = ref_of(url, anchor.href)
    return Item(name, ref) if ref is not None and ref.method == DRAW else None


def further(page: Page, url: str) -> list[PageRef]:
    """The next page of a list that only its script turns to, or the further entries that it adds; empty at the end."""
    text = " ".join(b.text for b in page.blocks if len(b.text) < 80)
    if (m := _AT.search(text)) and int(m[1] or m[3]) >= int(m[2] or m[4]):
        return []
    for block in page.blocks:
        for anchor in block.links:
            if _ON.match(anchor.name) and (ref := ref_of(url, anchor.href)) is not None and ref.method == DRAW:
                return [_after(url, ref)]
        if not block.links and _ON.match(block.text):
            for el in (block.el, block.el.getparent()):
                said = (el.get("onclick") or "").strip() if el is not None else ""
                if said and (ref := ref_of(url, "javascript:" + said.removeprefix("javascript:"))) is not None:
                    return [_after(url, ref)]
    return []


def _after(url: str, ref: PageRef) -> PageRef:
    """What is told after all that was told to show this page."""
    before = url.partition("#")[2]
    lines = [f"#{before}" if before[0] in "/!" else before] if before else []
    return PageRef(ref.url, DRAW, "\n".join([*lines, ref.payload.decode()]).encode())


def entries(page: Page, url: str) -> tuple[Item, ...]:
    """Every such entry of a page, each once."""
    found: dict[PageRef, Item] = {}
    for block in page.blocks:
        for anchor in block.links:
            if anchor.href and (item := state_entry(anchor, url)) is not None:
                found.setdefault(item.ref, item)
    return tuple(found.values())[:MAX_ENTRIES]

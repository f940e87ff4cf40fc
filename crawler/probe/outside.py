"""Where a home page leads away to: addresses of the hosts, names that no longer exist, links whose words are not a government's.

Only names are asked for; no foreign host gets a request (a link to a hijacked site is told, not followed).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from crawler.probe.asker import Asker
from crawler.probe.names import Proved, literal, look_up
from crawler.probe.support import sample

HOSTS = 60  # of which no more are asked for
# words that no link of a government site has unless someone else put it there (DOMAIN.md section 3.4: hijacked and cloned sites)
SUSPICIOUS = re.compile(
    r"博彩|赌场|赌博|真人娱乐|娱乐城|棋牌|彩票(?:平台|网|投注)|六合彩|时时彩|体育投注|足球投注|百家乐|老虎机"
    r"|成人(?:视频|电影|网站)|色情|代开发票|裸聊")


async def outside(dns: Asker, proved: Proved, links: Sequence[tuple[str, str]], seed: str) -> dict[str, Any]:
    """The fact ``links.outside``. links: (address, words). of: how many hosts there are; hosts: those asked for, each with the addresses of
    both families and gone: two proved resolvers say that its name does not exist; suspicious: links by their words."""
    first: dict[str, tuple[str, str]] = {}
    for url, words in links:
        first.setdefault((urlsplit(url).hostname or "").lower(), (url, words))
    chosen = sample((u for u, _ in first.values()), seed, HOSTS)
    found = await asyncio.gather(*(_host(dns, proved, (urlsplit(u).hostname or "").lower()) for u in chosen))
    hosts = {h: {"url": first[h][0], "words": first[h][1], **said} for h, said in found}
    return {"answer": "ok", "of": len(first), "hosts": hosts,
            "suspicious": [{"url": u, "words": w} for u, w in links if SUSPICIOUS.search(w)][:20]}


async def _host(dns: Asker, proved: Proved, host: str) -> tuple[str, dict[str, Any]]:
    if literal(host) is not None:
        return host, {"a": [host], "aaaa": [], "gone": False}
    four, six = await asyncio.gather(look_up(dns, proved, host, "A"), look_up(dns, proved, host))
    gone = len(four) > 1 and all(s["answer"] == "nxdomain" and s["proved"] for s in four)
    return host, {"a": sorted({a for s in four for a in s["addresses"]}), "aaaa": sorted({a for s in six for a in s["addresses"]}),
                  "gone": gone}

"""Pages that only a browser shows: the spider's way to the site for the browser, and what it drew as a record.

What a page's scripts ask for goes through the same downloader as everything else and is archived and indexed like it;
other hosts than the row's are never asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from audit.listed import undrawn
from audit.search import Want, state
from audit.survey import Survey
from crawler.render import PAGES, Answered, Renderer, browser
from db.archive import Record
from db.document import Document
from db.errors import ArchiveError
from db.facts import SiteFacts
from db.urls import canonical, host_of, page_key
from db.words import DRAW, PageRef, Question, Reason
from spiders.plan import Step

# (request, host) → its answer, or None where it may not be asked or did not come
Ask = Callable[[PageRef, str], Any]


class Drawing:
    """The browser of one site. ask: how the spider sends a request that is not of its plan."""

    def __init__(self, allowed: bool, ask: Ask) -> None:
        self.allowed = allowed and browser() is not None
        self.ask = ask
        self.renderer = Renderer(self._had)
        self.tried: set[str] = set()  # keys of pages drawn tonight, or about to be

    def steps(self, facts: SiteFacts, asked: tuple[Question, ...], survey: Survey) -> list[Step]:
        """Pages that keep questions open because nothing but a browser would show them: asked for last, once a night."""
        found: dict[str, Step] = {}
        for question in asked if self.allowed and not self.renderer.spent else ():
            for url, reason in state(facts, question, survey=survey).unread:
                ref = PageRef(url)
                key = page_key(ref)
                if reason is Reason.NEEDS_RENDERING and key in facts.pages and key not in self.tried:
                    found.setdefault(key, Step(Want(ref, 1.0, "浏览器绘出"), question.key))
        kept = list(found.values())[: PAGES - self.renderer.pages]
        self.tried |= {page_key(s.want.ref) for s in kept}
        return kept

    @property
    def idle(self) -> bool:
        """Nothing can be drawn any more tonight, or at all."""
        return not self.allowed or self.renderer.spent

    def states(self, step: Step, plan: list[Step]) -> dict[PageRef, dict[str, Any]]:
        """All that the plan wants the script of one page to show, for one look at it: each with what its link said."""
        url = step.want.ref.url
        self.tried.add(page_key(PageRef(url)))  # it comes whole, and is drawn itself again
        wanted = [s.want for s in (step, *plan) if s.want.ref.method == DRAW and s.want.ref.url == url]
        return {w.ref: {"name": w.name, "column": list(w.column)} if w.name or w.column else {} for w in wanted}

    def left_out(self, spider: Any, ref: PageRef) -> None:
        """A state that is not drawn now: another night draws it, or no browser is there to do so."""
        if not self.allowed:
            spider.fail(ref, Reason.NEEDS_RENDERING, "only a browser shows what the page's script would")

    async def draw_states(self, spider: Any, response: Response) -> None:
        """All that was wanted of one page's script, stored as it was drawn."""
        for ref, told in response.meta.get("states", {}).items():
            if (drawn := await self.draw(spider, response, ref)) is not None:
                spider.store(drawn, name=told.get("name", ""), column=tuple(told.get("column", ())))
            else:
                spider.fail(ref, Reason.NEEDS_RENDERING, "it could not be drawn")

    def wanted(self, doc: Document | None, response: Response) -> bool:
        """Whether an answer shows nothing by itself, or not what a question needs, and may be drawn."""
        return (self.allowed and doc is not None and response.status == 200
                and ((doc.reason in (None, Reason.NEEDS_RENDERING) and undrawn(doc)) or page_key(response.meta["ref"]) in self.tried)
                and response.meta["ref"].method == "GET" and b"<script" in response.body[:1_000_000].lower()
                and not self.renderer.spent)

    async def draw(self, spider: Any, response: Response, state: PageRef | None = None) -> Record | None:
        """The page as drawn, archived; None where it could not be. state: what its script is told before it is looked at."""
        ref: PageRef = state or response.meta["ref"]
        self.tried.add(page_key(ref))
        kind = (response.headers.get("Content-Type") or b"text/html").decode("latin-1")
        said = ref.payload.decode("utf-8", "replace") if state is not None else ""
        html = await self.renderer.render(ref.url, (response.status, {"content-type": kind}, response.body), said)
        if html is None:
            return None
        body, at = html.encode("utf-8", "replace"), spider.clock.now()
        hint = {**(response.meta["hint"] if state is None else response.meta["states"][state]), "rendered": "chromium"}
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        place = spider.archive.write_response(ref, at, 200, headers, body, run=spider.run_sha, site=spider.site.id, hint=hint)
        return Record("response", ref, at, body, place, status=200, headers=headers, run=spider.run_sha, site=spider.site.id,
                      fields={"x-gongkai-hint": json.dumps(hint)})

    async def _had(self, method: str, url: str, body: bytes, kind: str) -> Answered | None:
        target = canonical(url)
        if not target or method not in ("GET", "POST"):
            return None
        response = await self.ask(PageRef(target, method, body, kind.split(";")[0].strip() if body else ""), host_of(target))
        if response is None:
            return None
        return response.status, {"content-type": (response.headers.get("Content-Type") or b"").decode("latin-1")}, response.body

    async def close(self) -> None:
        """Let the browser go."""
        await self.renderer.close()


async def asked_by_page(spider: Any, ref: PageRef, host: str) -> Response | None:
    """What a page's script asks of the site, under all rules that hold for the plan."""
    if (spider.site.host_named(host) is None or not spider.hosts.known(host) or spider.hosts.refuses(host, ref.url) is not None
            or spider.job.broken or spider._spent()):
        return None
    spider.asked_for.add(page_key(ref))
    spider.counts["requested"] += 1
    try:
        response: Response = await spider.crawler.engine.download_async(request_of(ref, host, {}))
    except Exception as exc:  # whatever a download ends with is no reason to lose the page that asked for it
        if isinstance(exc, ArchiveError):
            spider.job.break_off(exc)
        return None
    spider.counts["bytes"] += len(response.body)
    spider.store(response.meta["record"])
    return response


def request_of(ref: PageRef, host: str, hint: dict[str, Any]) -> Request:
    """A browser's request as one of the spider's."""
    headers = {"Content-Type": ref.content_type} if ref.content_type else {}
    return Request(ref.url, method=ref.method, body=ref.payload, headers=headers, dont_filter=True,
                   meta={"ref": ref, "download_slot": host, "hint": hint, "same_as": "", "handle_httpstatus_all": True, "host": host})



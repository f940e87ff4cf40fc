"""Chromium, only where nothing else shows a page: it draws, and the crawl fetches.

The browser has no network of its own: every request that a page makes is answered by ``fetch``, the spider's own way to
the site, so that pace, robots.txt, the guard of addresses and the archive hold for it as for any other request. Pictures,
fonts and styles are left out; scripts are fetched once a site. Bounded in pages a site, requests and seconds a page.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Awaitable, Callable
from typing import Any

PAGES = 150  # a site and night
REQUESTS = 30  # a page
SECONDS = 20.0  # a page may draw, beside the time that its requests wait
QUIET = 0.5  # seconds without a request after which a page counts as drawn
MAX_HTML = 4_000_000  # characters
DRAWS = frozenset(("document", "script", "xhr", "fetch"))
# no background traffic, no name ever resolved, nothing kept: whatever is not answered by fetch fails. The proxy has a name that
# leads nowhere, also for addresses of our own; without the last but one WebRTC would send its packets past all that
ARGUMENTS = ("--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
             "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://nowhere.invalid:9",
             "--proxy-bypass-list=<-loopback>", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
             "--js-flags=--max-old-space-size=256")

_ROUTE = "(s) => { location.hash = s }"
_CALL = "(s) => { (0, eval)(s.replace(/^javascript:\\s*(return\\s+)?/i, '')) }"

# (method, address, body, its content type) → (status, header fields, bytes), or None where it may not or could not be had
Answered = tuple[int, dict[str, str], bytes]
Fetch = Callable[[str, str, bytes, str], Awaitable[Answered | None]]


def browser() -> str | None:
    """Path of a Chromium, or None: then what needs one is ``unknown: needs_rendering``."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


class Renderer:
    """One browser for one site, started when the first page needs it."""

    def __init__(self, fetch: Fetch) -> None:
        self.fetch = fetch
        self.pages = 0
        self.scripts: dict[str, Answered] = {}
        self._open: list[Any] = []  # playwright and browser, once started

    @property
    def spent(self) -> bool:
        """Whether the site has had its share, or there is no browser here."""
        return self.pages >= PAGES or browser() is None

    async def render(self, url: str, answer: Answered, said: str = "") -> str | None:
        """The page's HTML as drawn from an answer that is had already; None where it could not be drawn.

        said: what its script is told before it is looked at, a line each: a route (``#/list/12``) or a call (``javascript:load(12)``).
        """
        from playwright.async_api import Error, Route

        self.pages += 1
        asked = [0, 0]  # requests, and those on their way

        async def serve(route: Route) -> None:
            request = route.request
            asked[0] += 1
            if request.resource_type not in DRAWS or asked[0] > REQUESTS:
                await route.abort()
                return
            asked[1] += 1
            try:
                got = answer if request.url.split("#")[0] == url and request.is_navigation_request() else await self._had(request)
                if got is None:
                    await route.abort()
                else:
                    await route.fulfill(status=got[0], headers=got[1], body=got[2])
            except Error:
                pass  # the page is closed already
            finally:
                asked[1] -= 1

        try:
            page = await self._page()
            await page.context.route("**/*", serve)
            await page.goto(url, wait_until="domcontentloaded", timeout=SECONDS * 1000 + 60_000)
            await self._quiet(asked)
            for line in said.splitlines():
                code = _ROUTE if line[:1] == "#" else _CALL
                await page.evaluate(code, line)
                await self._quiet(asked)
                page = page.context.pages[-1]  # it may have opened another window
            html: str = await page.content()
            if page.url.split("#")[0] != url:  # it led to another page: links are to be read from there
                html = re.sub(r"<head[^>]*>", lambda m: f'{m[0]}<base href="{page.url}">', html, count=1)
            return html if len(html) <= MAX_HTML else None
        except (Error, TimeoutError, OSError):
            return None
        finally:
            if self._open:
                for context in self._open[1].contexts:
                    await context.close()

    async def _had(self, request: Any) -> Answered | None:
        if request.url in self.scripts:
            return self.scripts[request.url]
        body = request.post_data_buffer or b""
        got = await self.fetch(request.method, request.url, body, request.headers.get("content-type", "") if body else "")
        if got is not None and request.resource_type == "script" and got[0] == 200:
            self.scripts[request.url] = got
        return got

    async def _quiet(self, asked: list[int]) -> None:
        """Wait until nothing has been asked for a while; what waits for its turn at the site does not count as quiet."""
        spent, seen = 0.0, -1
        while spent < SECONDS:
            seen = asked[0]
            await asyncio.sleep(QUIET)
            if asked[1]:
                continue
            spent += QUIET
            if asked[0] == seen:
                return

    async def _page(self) -> Any:
        if not self._open:
            from playwright.async_api import async_playwright

            driver = await async_playwright().start()
            self._open.append(driver)
            self._open.append(await driver.chromium.launch(
                executable_path=browser(), args=list(ARGUMENTS), chromium_sandbox=os.geteuid() != 0, handle_sigint=False))
        context = await self._open[1].new_context(locale="zh-CN", service_workers="block", accept_downloads=False, java_script_enabled=True)
        return await context.new_page()

    async def close(self) -> None:
        """Let the browser go."""
        for thing in reversed(self._open):
            await (thing.close() if hasattr(thing, "close") else thing.stop())
        self._open.clear()

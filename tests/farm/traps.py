"""What goes wrong on a site, one thing at a time: each takes a site and gives it back with one planted disclosure changed.

Truth is told from what then stands there (tests/farm/truth.py), never from the trap's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import ParamSpec

from tests.farm import things as t
from tests.farm.model import Column, Entry, FarmSite, Thing

Trap = Callable[[FarmSite], FarmSite]
EARLY = date(2019, 12, 15)  # a night before the two, on which some sites were seen
NIGHTS = (date(2020, 1, 5), date(2020, 1, 6))
_ids = iter(range(500_001, 600_000))
P = ParamSpec("P")


def named(make: Callable[P, Trap]) -> Callable[P, Trap]:
    """Traps that tell what made them, so that a test can say that each is used."""

    def made(*args: P.args, **how: P.kwargs) -> Trap:
        trap = make(*args, **how)

        def told(site: FarmSite) -> FarmSite:
            return trap(site)

        told.__name__ = make.__name__
        return told

    return made


def _each(site: FarmSite, change: Callable[[Column, Entry], list[Entry]]) -> FarmSite:
    return replace(site, columns=[replace(c, entries=[x for e in c.entries for x in change(c, e)]) for c in site.columns])


def _on(what: str, change: Callable[[FarmSite, Entry, Thing], Entry | None]) -> Trap:
    """A trap that changes each entry of what was planted."""

    def trap(site: FarmSite) -> FarmSite:
        found = False

        def each(_: Column, e: Entry) -> list[Entry]:
            nonlocal found
            if e.thing is None or e.thing.what != what:
                return [e]
            found = True
            new = change(site, e, e.thing)
            return [] if new is None else [new]

        out = _each(site, each)
        assert found, f"{site.id} has no {what}"
        return out

    return trap


def _with(**changes: object) -> Callable[[FarmSite, Entry, Thing], Entry]:
    """The same entry, its thing changed."""
    return lambda site, e, thing: replace(e, thing=replace(thing, **changes))  # type: ignore[arg-type]


@named
def on(day: date | None, what: str) -> Trap:
    """Published on another day; None = no day is shown anywhere."""
    return _on(what, lambda site, e, thing: replace(e, shown=day, thing=replace(thing, shown=day, since=thing.since or (EARLY if day is None else None))))


@named
def late(what: str) -> Trap:
    """Published after its term."""
    return on(date(2019, 8, 12), what)


@named
def after(what: str) -> Trap:
    """Published when the audited day was over."""
    return on(date(2020, 1, 3), what)


@named
def never(what: str) -> Trap:
    """Not published."""
    return _on(what, lambda site, e, thing: None)


@named
def gone(what: str) -> Trap:
    """Listed, and its page is gone."""
    return _on(what, _with(answer=404))


@named
def refused(what: str) -> Trap:
    """Its file is refused."""
    return _on(what, lambda site, e, thing: replace(e, files=tuple(replace(f, answer=403) for f in e.files), thing=replace(thing, answer=403)))


@named
def withdrawn(what: str) -> Trap:
    """Seen on the first night, gone on the second."""
    return _on(what, _with(until=NIGHTS[0]))


@named
def taken_down(what: str) -> Trap:
    """Seen on an early night, gone on both."""
    return lambda site: replace(_on(what, _with(until=date(2019, 12, 20)))(site), early=True)


@named
def never_seen(what: str) -> Trap:
    """Published and removed before anyone looked."""
    return _on(what, _with(until=date(2019, 10, 8)))


@named
def instead(what: str, make: Callable[[FarmSite], Entry]) -> Trap:
    """Another page in its place."""
    return _on(what, lambda site, e, thing: make(site))


@named
def last_years(what: str, make: Callable[[str], Entry]) -> Trap:
    """Last year's in this year's place. make: from the body's name."""
    return instead(what, lambda site: make(_body(site)))


def _body(site: FarmSite) -> str:
    return site.short[0] if site.level == "district" else site.name


@named
def news_only(what: str, title: str) -> Trap:
    """News about the thing, nothing else. title: with {b} for the body."""

    def trap(site: FarmSite) -> FarmSite:
        out = never(what)(site)
        entry = t.noise(title.format(b=_body(site)), date(2019, 5, 16), "会议要求各科室高度重视，按时保质完成各项任务，确保工作落到实处。")
        return replace(out, columns=[replace(c, entries=[*c.entries, entry]) if c.slug == "gzdt" else c for c in out.columns])

    return trap


@named
def misfiled(what: str, slug: str) -> Trap:
    """In another column."""

    def trap(site: FarmSite) -> FarmSite:
        moved = [e for _, e, thing in site.things() if thing.what == what]
        assert moved, what
        out = never(what)(site)
        return replace(out, columns=[replace(c, entries=[*c.entries, *moved]) if c.slug == slug else c for c in out.columns])

    return trap


@named
def copied(what: str, slug: str, day: date) -> Trap:
    """A second copy in another column, of another day."""

    def trap(site: FarmSite) -> FarmSite:
        copies = [replace(e, id=next(_ids), shown=day, thing=replace(thing, shown=day)) for _, e, thing in site.things() if thing.what == what]
        assert copies, what
        return replace(site, columns=[replace(c, entries=[*c.entries, *copies]) if c.slug == slug else c for c in site.columns])

    return trap


@named
def emptied(*slugs: str) -> Trap:
    """Columns that say that they hold nothing."""
    return lambda site: replace(site, columns=[replace(c, entries=[]) if c.slug in slugs else c for c in site.columns])


@named
def without_column(slug: str) -> Trap:
    """No such column."""
    return lambda site: replace(site, columns=[c for c in site.columns if c.slug != slug])


@named
def renamed(slug: str, name: str) -> Trap:
    """A column called as no other site calls it."""
    return lambda site: replace(site, columns=[replace(c, name=name) if c.slug == slug else c for c in site.columns])


def no_decisions(site: FarmSite) -> FarmSite:
    """It says that there are none this year."""
    return instead("list of major decisions", lambda s: t.no_decisions(_body(s), 2019, date(2019, 6, 3)))(site)


def no_powers(site: FarmSite) -> FarmSite:
    """It says that it has none."""
    return instead("list of powers", lambda s: t.no_powers(_body(s), date(2019, 4, 2)))(site)


@named
def pictured(what: str) -> Trap:
    """Nothing but a picture."""
    return _on(what, lambda site, e, thing: replace(e, files=(), html=f'<p align="center"><img src="/images/{e.id}.jpg" width="900"></p>',
                                                    thing=replace(thing, picture=True)))


@named
def framed(what: str) -> Trap:
    """Its text stands in a frame, on the same host."""

    def trap(site: FarmSite) -> FarmSite:
        inner: dict[str, str] = {}

        def change(site: FarmSite, e: Entry, thing: Thing) -> Entry:
            path = f"/inner/{e.id}.html"
            inner[site.host + path] = f"<html><head><meta charset=utf-8><title>正文</title></head><body>{e.html}</body></html>"
            return replace(e, html=f'<p><iframe src="{path}" width="800" height="900"></iframe></p>')

        out = _on(what, change)(site)
        return replace(out, elsewhere={**site.elsewhere, **inner})

    return trap


@named
def on_portal(what: str, portal: str = "zwdt.qinglan.example") -> Trap:
    """On the city's portal, one hop away; its page names the body."""

    def trap(site: FarmSite) -> FarmSite:
        pages: dict[str, str] = {}

        def change(site: FarmSite, e: Entry, thing: Thing) -> Entry:
            path = f"{portal}/{site.id}/{e.id}.html"
            pages[path] = (f"<html><head><meta charset=utf-8><title>{e.title}</title></head><body><h1>{e.title}</h1>"
                           f"<p>发布日期：{e.shown}　来源：{site.name}</p><div>{e.html}</div></body></html>")
            return replace(e, away=f"http://{path}")

        out = _on(what, change)(site)
        return replace(out, elsewhere={**site.elsewhere, **pages})

    return trap


def entrance_only(site: FarmSite) -> FarmSite:
    """The column of powers leads to another system's front page and no further."""
    host = f"qlyx-{site.id}.example"
    front = ("<html><head><meta charset=utf-8><title>青岚政务服务网</title></head><body><h1>青岚政务服务网</h1><ul><li><a href='/gr'>个人办事</a></li>"
             "<li><a href='/fr'>法人办事</a></li><li><a href='/bm'>部门窗口</a></li></ul></body></html>")
    return replace(site, columns=[replace(c, entries=[], away=f"http://{host}/") if c.slug == "qzqd" else c for c in site.columns],
                   elsewhere={**site.elsewhere, f"{host}/": front})


@named
def former(what: str, name: str) -> Trap:
    """Published under the name that the reform ended."""
    return lambda site: replace(_on(what, lambda s, e, thing: replace(
        e, title=e.title.replace(_body(s), name), html=e.html.replace(_body(s), name), source=name))(site), formerly=(*site.formerly, name))


@named
def of_another(what: str, other: Callable[[], Entry]) -> Trap:
    """Of a body below it, not its own."""

    def change(site: FarmSite, e: Entry, thing: Thing) -> Entry:
        new = other()
        assert new.thing is not None
        return replace(new, thing=replace(new.thing, own=False))

    return _on(what, change)


@named
def undated(what: str) -> Trap:
    """No day on the page, only beside the link."""
    return _on(what, lambda site, e, thing: replace(e, bare=True))


@named
def fact_unset(name: str) -> Trap:
    """Not known whether the body has the thing."""
    return lambda site: replace(site, facts={k: v for k, v in site.facts.items() if k != name})


@named
def robots(slug: str) -> Trap:
    """robots.txt closes the column (families with folders)."""
    return lambda site: replace(site, forbids=(*site.forbids, f"/xxgk/{slug}/"))


@named
def manner(how: str) -> Trap:
    """Every page is a challenge, or nothing answers."""
    return lambda site: replace(site, manner=how)


@named
def redesigned(day: date) -> Trap:
    """A new system on which every older page shows the day of the move."""

    def trap(site: FarmSite) -> FarmSite:
        def moved(_: Column, e: Entry) -> list[Entry]:
            if e.shown is not None and e.shown > day:
                return [e]
            return [replace(e, shown=day, thing=replace(e.thing, shown=day) if e.thing is not None else None)]

        return replace(_each(site, moved), reset=day)

    return trap


@named
def split(family: str, *slugs: str) -> Trap:
    """Some columns stand on a second host of the same body."""

    def trap(site: FarmSite) -> FarmSite:
        other = replace(site, id=site.id + "2", family=family, host="gk-" + site.host, columns=[c for c in site.columns if c.slug in slugs], aaaa=())
        return replace(site, columns=[c for c in site.columns if c.slug not in slugs], others=(other,))

    return trap


@named
def shared(host: str, folder: str) -> Trap:
    """In a folder of a host that other bodies share."""
    return lambda site: replace(site, host=host, folder=folder, elsewhere={k.replace(site.host, host): v for k, v in site.elsewhere.items()})

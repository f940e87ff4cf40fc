"""Where each family puts its columns and documents."""

from __future__ import annotations

from tests.farm.model import Column, Page, Site

PAGE_SIZE = 15


def number(site: Site) -> None:
    """Give every page its number and path, in order of date, so that numbers grow with time."""
    for n, page in enumerate(sorted(site.pages, key=lambda p: (p.shown, p.title)), 101):
        page.number = n
        page.path = detail(site, page)


def column(site: Site, col: Column, page: int = 1) -> str:
    """Address of a column's n-th page."""
    if site.family == "affair_api":
        return f"/zhengwu/{col.key}-{col.parent or 'sy'}/index.html"
    if site.family == "hanweb":
        return f"/col/col{1200 + col.number}/index.html"
    if site.family == "handmade":
        return f"/list.asp?id={col.number}" + (f"&page={page}" if page > 1 else "")
    folder = "/".join(c.key for c in site.column_path(col.key))
    return f"/{folder}/" + ("" if page == 1 else f"index_{page - 1}.html")


def detail(site: Site, page: Page) -> str:
    """Address of a document."""
    col, day = site.columns[page.column], page.shown
    if site.family == "affair_api":
        return f"/zhengwu/{col.key}-{col.parent or 'sy'}/{day.year}/{(day.timetuple().tm_yday + 25) % 365 + 1}/{page.number}.html"
    if site.family == "hanweb":
        return f"/art/{day.year}/{day.month}/{day.day}/art_{1200 + col.number}_{page.number}.html"
    if site.family == "handmade":
        return f"/show.asp?id={page.number}"
    folder = "/".join(c.key for c in site.column_path(col.key))
    return f"/{folder}/{day:%Y%m}/t{day:%Y%m%d}_{page.number}.html"

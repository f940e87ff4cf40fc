"""The audited bodies: list them, check the file, accept what held one back.

A night that shows a redesign, a hijack, a move or a block holds the site's verdicts back. Once a person has looked and found
it to be so, `accept` puts that on record, and the next `gongkai nightly` judges the site again, without asking it anything twice.

  gongkai sites list
  gongkai sites check
  gongkai sites accept huangpu --by 王某 --because 已核实改版
"""

from __future__ import annotations

import argparse
import json

from db.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    sub = parser.add_subparsers(dest="action", required=True)
    sub.add_parser("list", help="id, level, name, hosts")
    sub.add_parser("check", help="every fault of the file at once")
    add = sub.add_parser("add", help="a row from an archived page of the site: name, code, family with its evidence")
    add.add_argument("url")
    accept = sub.add_parser("accept", help="put on record that a person has looked at what held a site back: it is judged again")
    accept.add_argument("site")
    accept.add_argument("--by", required=True, metavar="NAME", help="who looked")
    accept.add_argument("--because", required=True, metavar="WORDS", help="what was found")


def run(args: argparse.Namespace, home: Home) -> int:
    """List or check; the check raises with every fault."""
    from crawler.sites import load_sites

    sites = load_sites(home.sites_file)
    if args.action == "add":
        return _add(args.url, home)
    if args.action == "accept":
        from gongkai.accepting import accept

        signs = accept(home, sites, args.site, args.by, args.because)
        print(f"{args.site}: {', '.join(signs)} 已认可；运行 gongkai nightly 即恢复评判")
        return 0
    if args.json:
        from db.store import site_to_row

        print(json.dumps([site_to_row(s) for s in sites.rows], ensure_ascii=False, indent=1))
        return 0
    if args.action == "check":
        print(f"{home.sites_file}: {len(sites.rows)} 个站点，无误")
        return 0
    for s in sites.rows:
        print(f"{s.id:<16}{s.level.value:<11}{s.name}\t{'  '.join(h.url for h in s.hosts)}")
    return 0


def _add(url: str, home: Home) -> int:
    """Propose a row: fetched politely through the same crawl as any page."""
    from crawler.clock import Clock
    from crawler.sites import Sites, load_sites
    from db.archive import Archive
    from db.errors import GongkaiError
    from db.session import open_db
    from db.urls import canonical, host_of
    from db.words import Host, Level, Site
    from spiders.families import detect
    from spiders.night import crawl

    whole = canonical(url)
    if not whole:
        raise GongkaiError(f"{url}: not an http(s) address")
    origin = "/".join(whole.split("/")[:3])
    ident = host_of(whole).split(".")[-3] if host_of(whole).count(".") >= 2 else "site"
    site = Site(ident, ident, Level.BUREAU, (Host(origin),), entry=(whole,), source="sites add")
    known: Sites = load_sites(home.sites_file)
    archive = Archive(home.archive_dir)
    engine = open_db(home.db_url, create=True)
    try:
        job = crawl(engine, archive, known, (site,), [], Clock(known.clock), budget=4)
    finally:
        archive.close()
        engine.dispose()
    page = next((p for p in job.facts[site.id].pages.values() if p.doc is not None and p.doc.kind.readable), None)
    if page is None or page.doc is None:
        raise GongkaiError(f"{url}: could not be read; look at it with `gongkai export fetches`")
    metas = dict(page.doc.meta)
    read = page.read
    assert read is not None
    assert read.warc is not None
    file, _, offset = read.warc.partition(":")
    html = archive.read(file, int(offset)).body.decode("utf-8", "replace")
    family, evidence = detect(html, page.ref.url)
    print(f'[[site]]\nid = "{ident}"\nname = "{metas.get("sitename") or page.doc.title}"\nlevel = "bureau"\n'
          f'entry = ["{whole}"]\nfamily = "{family}"  # {evidence or "no mark of any family"}\n'
          f'source = "the site\'s own page, code {metas.get("siteidcode", "-")}"\nread_on = {job.began:%Y-%m-%d}\n'
          f'[[site.host]]\nurl = "{origin}"')
    return 0

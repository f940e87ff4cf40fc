"""A person's word on what held a site back: archived like a run, so that a rebuild knows it too."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crawler.clock import Clock
from crawler.health import ACCEPT, crawls, figures, holding
from crawler.settings import VERSION
from crawler.sites import Sites
from db.archive import Archive
from db.errors import GongkaiError
from db.home import Home
from db.session import open_db
from spiders.reparse import begin_run, end_run, run_record


def accept(home: Home, sites: Sites, ident: str, by: str, because: str) -> list[str]:
    """Accept every sign that holds the site back now; which they were."""
    (site,) = sites.chosen([ident])
    homes = [h.url + "/" for h in site.hosts if h.role.value == "own"]
    clock = Clock(sites.clock)
    archive = Archive(home.archive_dir)
    engine = open_db(home.db_url, create=True)
    try:
        with Session(engine) as session:
            nights = [figures(session, r, site.id, homes) for r in crawls(session, site.id)]
            held = sorted(s.value for s in holding(session, site.id, nights[0], nights[1:])) if nights else []
            if not held:
                raise GongkaiError(f"{ident}: nothing holds it back; who is held back stands in {home.var / 'morning.html'}")
            archive.open()
            record = run_record(ACCEPT, clock.now(), clock.kind, VERSION, "", [site], by=by, because=because, signs=held)
            run, sha = begin_run(session, archive, record)
            end_run(session, archive, run, sha, clock.now(), {site.id: ",".join(held)})
    finally:
        archive.close()
        engine.dispose()
    return held


__all__ = ["accept"]

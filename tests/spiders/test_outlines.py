"""A crawl keeps of each document only what a search looks at: it must steer as the audit judges, which has all of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from audit.dating import CHINA
from audit.search import state
from audit.survey import Survey
from crawler.clock import Clock
from crawler.sites import load_sites
from db.queries import site_facts
from db.session import open_db
from db.words import Kind
from spiders.night import editions_of
from spiders.plan import questions_of


def test_a_search_stands_as_it_would_on_whole_documents(farm_home: Path) -> None:
    sites = load_sites(farm_home / "config" / "sites.toml")
    now = Clock(sites.clock).now()
    engine = open_db(f"sqlite:///{farm_home / 'var' / 'gongkai.db'}")
    spared = 0
    with Session(engine) as session:
        for site in sites.rows:
            whole, outlines = (site_facts(session, site, now, outlines=o) for o in (False, True))
            surveys = Survey.of(whole), Survey.of(outlines)
            for question in questions_of(editions_of(sites, []), site, now.astimezone(CHINA).date()):
                judged, steered = (state(f, question, fresh_since=now, survey=s) for f, s in zip((whole, outlines), surveys, strict=True))
                assert judged == steered, f"{site.id} {question.key}"
            spared += sum(len(p.doc.links) for p in whole.pages.values() if p.doc is not None and p.doc.kind is Kind.DETAIL)
            assert not any(p.doc.links for p in outlines.pages.values() if p.doc is not None and p.doc.kind is Kind.DETAIL)
    engine.dispose()
    assert spared > 1_000

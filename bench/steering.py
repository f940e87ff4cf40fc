"""How many requests until the evidence was had: steered, breadth-first, and by an oracle that knows where it lies.

On each site of the farm that can be read: the questions of the editions that have an answer there; the requests until
each of them had its first page of evidence (robots.txt and failures counted); then what it took to exhaust those that
have none, against fetching the whole site. ``crawl --explain`` shows the order of one site.
"""

from __future__ import annotations

import http.client
import statistics
import subprocess
import sys
import tempfile
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from audit.dating import CHINA  # noqa: E402
from audit.search import state  # noqa: E402
from audit.survey import Survey  # noqa: E402
from crawler.clock import Clock  # noqa: E402
from crawler.sites import load_sites  # noqa: E402
from db.queries import site_facts  # noqa: E402
from db.session import open_db  # noqa: E402
from db.tables import FetchRow, PageRow  # noqa: E402
from db.urls import host_of, page_key  # noqa: E402
from db.words import Needs, PageRef, SearchState, Site  # noqa: E402
from spiders.night import editions_of  # noqa: E402
from spiders.plan import questions_of  # noqa: E402
from spiders.read import read  # noqa: E402
from tests.farm.home import write_home  # noqa: E402
from tests.farm.province import NIGHTS, province  # noqa: E402
from tests.farm.serve import Farm  # noqa: E402


@dataclass
class Counted:
    """Requests on one site."""

    site: str
    questions: int
    steered: int
    breadth: int
    oracle: int
    spent: int
    whole: int


def breadth_first(site: Site, port: int) -> tuple[list[str], dict[str, str | None]]:
    """(keys in the order fetched, the page that each was found on) of everything on the site's hosts."""
    start = PageRef(site.hosts[0].url + "/")
    found: dict[str, str | None] = {page_key(start): None}
    order: list[str] = []
    queue = deque([start])
    while queue:
        ref = queue.popleft()
        order.append(page_key(ref))
        parts = urlsplit(ref.url)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {"Host": parts.netloc, **({"Content-Type": ref.content_type} if ref.content_type else {})}
        connection.request(ref.method, parts.path + (f"?{parts.query}" if parts.query else ""), ref.payload or None, headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        doc = read(body, url=ref.url, headers=dict(answer.getheaders()), status=answer.status, ref=ref)
        onward = [*(PageRef(x.target) for x in doc.links), *doc.frames, *(i.ref for i in doc.items), *doc.next_pages,
                  *(PageRef(a.url) for a in doc.attachments)]
        for target in onward:
            key = page_key(target)
            if key not in found and site.host_named(host_of(target.url)) is not None:
                found[key] = order[-1]
                queue.append(target)
    return order, found


def count(home: Path, site: Site, port: int) -> Counted | None:
    """One site after its crawl."""
    sites = load_sites(home / "config" / "sites.toml")
    now = Clock(sites.clock).now()
    engine = open_db(f"sqlite:///{home / 'var' / 'gongkai.db'}")
    with Session(engine) as session:
        facts = site_facts(session, site, now)
        order = list(session.execute(select(PageRow.key_sha).join(FetchRow, FetchRow.page_id == PageRow.id).where(
            FetchRow.site_id == site.id).order_by(FetchRow.id)).scalars())
    engine.dispose()
    survey = Survey.of(facts)
    wide, parents = breadth_first(site, port)
    at, at_wide = ({key: n for n, key in reversed(list(enumerate(keys, 1)))} for keys in (order, wide))
    asked = [q for q in questions_of(editions_of(sites, []), site, now.astimezone(CHINA).date()) if q.needs is Needs.ONE]
    steered = breadth = questions = 0
    known: set[str] = set()
    for question in asked:
        search = state(facts, question, survey=survey)
        answers = [a for a in search.answers if a in at_wide]
        if search.state is not SearchState.ANSWERED or not answers:
            continue
        questions += 1
        steered = max(steered, min(at[a] for a in answers))
        nearest = min(answers, key=lambda a: at_wide[a])
        breadth = max(breadth, at_wide[nearest])
        step: str | None = nearest
        while step is not None:
            known.add(step)
            step = parents[step]
    return Counted(site.id, questions, steered, breadth, len(known), len(order), len(wide)) if questions else None


def main() -> int:
    """See the module."""
    rows = []
    with tempfile.TemporaryDirectory() as scratch, Farm([s for s in province() if s.manner == "well"], NIGHTS[1]) as farm:
        home = Path(scratch)
        write_home(home, farm)
        subprocess.run([sys.executable, "-m", "gongkai", "--home", str(home), "crawl"], check=False, cwd=ROOT, capture_output=True)
        for site in load_sites(home / "config" / "sites.toml").rows:
            found = count(home, site, farm.port)
            if found is not None:
                rows.append(found)
    print(f"{'site':10}{'answers':>8}{'steered':>9}{'breadth':>9}{'oracle':>8}{'s/b':>7}{'s/o':>6}{'spent':>7}{'whole':>7}{'share':>7}")
    for r in rows:
        print(f"{r.site:10}{r.questions:8}{r.steered:9}{r.breadth:9}{r.oracle:8}{r.steered / r.breadth:7.0%}{r.steered / r.oracle:6.1f}"
              f"{r.spent:7}{r.whole:7}{r.spent / r.whole:7.0%}")
    print(f"median: steered / breadth-first {statistics.median(r.steered / r.breadth for r in rows):.0%} (goal 30%), steered / oracle "
          f"{statistics.median(r.steered / r.oracle for r in rows):.1f} (goal 2.0), all requests / whole site "
          f"{statistics.median(r.spent / r.whole for r in rows):.0%} (goal 60%)")
    return 0


if __name__ == "__main__":
    sys.exit(main())

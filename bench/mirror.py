"""A real bureau's site, mirrored on disk: requests until each of its disclosures was found, breadth-first and steered.

  python bench/mirror.py MIRROR

MIRROR is the folder of one host's files. Both crawls stop when nothing is left to ask: breadth-first when every link of the mirror
was followed, ours when every question of ``regulation-2019`` is closed. For what is absent there, the request with which its search
was exhausted is told instead; a breadth-first crawl can know that only at its end.
"""

from __future__ import annotations

import argparse
import contextlib
import mimetypes
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from audit.dating import CHINA  # noqa: E402
from audit.search import state  # noqa: E402
from audit.survey import Survey  # noqa: E402
from bench.steering import breadth_first  # noqa: E402
from crawler.clock import Clock  # noqa: E402
from crawler.sites import load_sites  # noqa: E402
from db.facts import PageFact, SiteFacts  # noqa: E402
from db.queries import site_facts  # noqa: E402
from db.session import open_db  # noqa: E402
from db.tables import FetchRow, PageRow  # noqa: E402
from db.words import Needs, SearchState  # noqa: E402
from spiders.night import editions_of  # noqa: E402
from spiders.plan import questions_of  # noqa: E402

DAY = "2021-12-20"  # the mirror's own time


@contextlib.contextmanager
def mirrored(root: Path) -> Iterator[int]:
    """The port on which the folder is served."""

    class Files(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            file = root / unquote(self.path.split("?")[0]).lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            body = file.read_bytes() if file.is_file() else b"not found"
            self.send_response(200 if file.is_file() else 404)
            self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


def write_home(home: Path, host: str, port: int) -> None:
    """A home whose only site is the mirror."""
    (home / "config").mkdir(parents=True)
    (home / "config" / "sites.toml").write_text(f"""editions = ["regulation-2019"]
[run]
clock = {DAY}T02:00:00+08:00
[resolve]
"{host}" = "127.0.0.1:{port}"
[[site]]
id = "mirror"
name = "安图县林业局"
level = "bureau"
short_names = ["林业局"]
delay = 0.0
delay_agreed_by = "bench"
source = "the mirror's own pages"
read_on = {DAY}
[[site.host]]
url = "http://{host}"
""", "utf-8")


def upto(facts: SiteFacts, order: list[str], count: int) -> SiteFacts:
    """What was known after so many requests."""
    had = set(order[:count])
    pages: dict[str, PageFact] = {k: p for k, p in facts.pages.items() if k in had}
    return SiteFacts(facts.site, facts.until, pages, facts.runs, facts.probes)


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mirror", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, mirrored(args.mirror) as port:
        home = Path(scratch) / "home"
        write_home(home, args.mirror.name, port)
        subprocess.run([sys.executable, "-m", "gongkai", "--home", str(home), "crawl"], check=True, cwd=ROOT, capture_output=True)
        sites = load_sites(home / "config" / "sites.toml")
        site, now = sites.rows[0], Clock(sites.clock).now()
        engine = open_db(f"sqlite:///{home / 'var' / 'gongkai.db'}")
        with Session(engine) as session:
            facts = site_facts(session, site, now)
            fetched = select(PageRow.key_sha).join(FetchRow, FetchRow.page_id == PageRow.id).order_by(FetchRow.id)
            order = list(session.execute(fetched).scalars())
        engine.dispose()
        wide, _ = breadth_first(site, port)
    at, at_wide = ({key: n for n, key in reversed(list(enumerate(keys, 1)))} for keys in (order, wide))
    print(f"{len(order)} requests steered, {len(wide)} breadth-first\n{'question':50}{'':12}{'steered':>9}{'breadth':>9}")
    asked = [q for q in questions_of(editions_of(sites, []), site, now.astimezone(CHINA).date()) if q.needs is Needs.ONE]
    surveys = {n: Survey.of(upto(facts, order, n)) for n in range(5, len(order) + 5, 5)}
    for question in asked:
        search = state(facts, question)
        answers = [a for a in search.answers if a in at_wide]
        if search.state is SearchState.ANSWERED and answers:
            print(f"{question.key:50}{'found':12}{min(at[a] for a in answers):9}{min(at_wide[a] for a in answers):9}")
            continue
        closed = next((n for n, s in surveys.items() if state(s.facts, question, survey=s).state is SearchState.EXHAUSTED), None)
        word = "exhausted" if closed else search.reason.value if search.reason else search.state.value
        print(f"{question.key:50}{word:12}{min(closed or len(order), len(order)):9}{len(wide):9}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

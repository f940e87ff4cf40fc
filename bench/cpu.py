"""Processor time a page: our whole crawl (reading, archive, storing) beside Scrapy and crawlee that store nothing, in one run.

  python bench/cpu.py [--pages N] [--rounds N] [--peers PYTHON]

Every client is a process of its own and is asked for its own CPU seconds, its start among them; the server is another. The clients
take turns, so that a neighbour's noise meets all of them. Scrapy's floor is a spider that is given its addresses and parses nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.website import HOST, LARGE, Website, served, write_home  # noqa: E402

SCRAPY = r'''
import sys
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
port, pages, addresses = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""
here = f"http://127.0.0.1:{port}"
class Links(Spider):
    name, n = "links", 0
    extract = LinkExtractor(allow=here + "/")
    async def start(self):
        if addresses:
            for path in open(addresses).read().split():
                yield Request(here + path)
        else:
            yield Request(here + "/")
    def parse(self, response):
        Links.n += 1
        if addresses:
            return
        for link in self.extract.extract_links(response):
            yield Request(link.url)
process = CrawlerProcess({"LOG_ENABLED": False, "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0,
                          "TELNETCONSOLE_ENABLED": False, "CLOSESPIDER_PAGECOUNT": pages})
process.crawl(Links)
process.start()
print(Links.n)
'''

CRAWLEE = r'''
import asyncio, logging, sys
from crawlee.crawlers import ParselCrawler
from crawlee.storage_clients import MemoryStorageClient
async def main():
    crawler = ParselCrawler(max_requests_per_crawl=int(sys.argv[2]), storage_client=MemoryStorageClient(), configure_logging=False)
    logging.disable(logging.CRITICAL)
    n = 0
    @crawler.router.default_handler
    async def handle(context):
        nonlocal n
        n += 1
        await context.enqueue_links()
    await crawler.run([f"http://127.0.0.1:{sys.argv[1]}/"])
    print(n)
asyncio.run(main())
'''


def spent(command: list[str]) -> tuple[float, str]:
    """(CPU seconds, output) of one process and its children."""
    before = os.times()
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # as an operator's machine has it after one run
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=compiled)
    after = os.times()
    if done.returncode not in (0, 4):
        raise SystemExit(done.stderr[-2000:])
    return after.children_user + after.children_system - before.children_user - before.children_system, done.stdout


def ours(port: int) -> tuple[float, int]:
    """(CPU seconds, requests) of our crawl of the whole site."""
    import json

    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        write_home(home, port)
        seconds, out = spent([sys.executable, "-m", "gongkai", "--home", str(home), "--json", "crawl"])
    return seconds, sum(r["requested"] for r in json.loads(out))


def peer(python: str, script: str, *args: object) -> tuple[float, int]:
    """(CPU seconds, pages) of a script."""
    seconds, out = spent([python, "-c", script, *map(str, args)])
    return seconds, int(out.split()[-1])


def addresses(pages: int) -> str:
    """As many addresses of the site as the floor is to fetch."""
    site = Website(pages)
    return "\n".join([site.address(c, n) for c in range(LARGE) for n in range(site.entries)][:pages])


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--peers", type=Path, help="python of a venv with crawlee")
    args = parser.parse_args()
    site = Website(args.pages)
    page = site.answer(site.address(0, 5))[1]
    print(f"{HOST}: about {args.pages} pages of {len(page) / 1024:.0f} kB and {page.count(b'<a ')} links; "
          "ms of CPU a page, the process's start among it", flush=True)
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as scratch, served(args.pages) as port:
        given = Path(scratch) / "addresses"
        for _ in range(args.rounds):
            turns = {"gongkai, all it does": lambda: ours(port),
                     "scrapy + LinkExtractor, nothing kept": lambda: peer(sys.executable, SCRAPY, port, args.pages),
                     "scrapy's floor": lambda: peer(sys.executable, SCRAPY, port, args.pages, given)}
            if args.peers:
                turns["crawlee + parsel, nothing kept"] = lambda: peer(str(args.peers), CRAWLEE, port, args.pages)
            given.write_text(addresses(args.pages), "ascii")
            for name, turn in turns.items():
                seconds, pages = turn()
                found.setdefault(name, []).append(1000 * seconds / pages)
                print(f"  {name:38}{pages:6} pages{seconds:8.1f} s{1000 * seconds / pages:8.2f} ms a page", flush=True)
    own = found.pop("gongkai, all it does")
    for name, each in found.items():
        ratio = statistics.median(a / b for a, b in zip(each, own, strict=True))
        print(f"{name}: {statistics.median(each):.2f} ms a page, {ratio:.2f} x ours")
    print(f"gongkai: {statistics.median(own):.2f} ms a page; goal: scrapy 2.5 x ours or more, crawlee 1 x ours or more")
    return 0


if __name__ == "__main__":
    sys.exit(main())

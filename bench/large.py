"""A crawl of a large site: memory and processor time as it grows.

  python bench/large.py [--pages N] [--audit]

The site is served by a process of its own, without pauses between requests. Printed is what the crawl's process holds and has spent by
then; ``--audit`` audits the site afterwards. The last line says what a page more costs, by the second half of the crawl.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.website import served, write_home  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def held(pid: int) -> tuple[float, float]:
    """(MB resident, CPU seconds) of a process that runs."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    size = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return size, (int(fields[11]) + int(fields[12])) / TICKS


def fetched(database: Path) -> int:
    """Requests stored so far."""
    if not database.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5) as connection:
            return int(connection.execute("SELECT count(*) FROM fetch").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--every", type=float, default=10.0, help="seconds between two looks")
    parser.add_argument("--audit", action="store_true")
    args = parser.parse_args()
    seen: list[tuple[int, float, float]] = []
    with tempfile.TemporaryDirectory() as scratch, served(args.pages) as port:
        home = Path(scratch) / "home"
        write_home(home, port)
        program = [sys.executable, "-m", "gongkai", "--home", str(home)]
        crawl = subprocess.Popen([*program, "crawl"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(f"{'requests':>9}{'MB':>7}{'CPU s':>8}", flush=True)
        while crawl.poll() is None:
            time.sleep(args.every)
            if crawl.poll() is None:
                seen.append((fetched(home / "var" / "gongkai.db"), *held(crawl.pid)))
                print(f"{seen[-1][0]:9}{seen[-1][1]:7.0f}{seen[-1][2]:8.1f}", flush=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        whole = fetched(home / "var" / "gongkai.db")
        spent = used.ru_utime + used.ru_stime
        print(f"{whole} requests, at most {used.ru_maxrss / 1024:.0f} MB, {spent:.0f} s of CPU, exit {crawl.returncode}")
        later = [s for s in seen if s[0] >= whole / 2]
        if len(later) > 1 and later[-1][0] > later[0][0]:
            more = later[-1][0] - later[0][0]
            print(f"a page more: {1024 * (later[-1][1] - later[0][1]) / more:.1f} kB, {1000 * (later[-1][2] - later[0][2]) / more:.1f} ms")
        if args.audit:
            done = subprocess.run([*program, "--json", "audit", "--edition", "shanghai-2019"], cwd=ROOT, capture_output=True, check=False)
            again = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = again.ru_utime + again.ru_stime - used.ru_utime - used.ru_stime
            print(f"audit: {seconds:.0f} s of CPU, exit {done.returncode}; crawl and audit held at most {again.ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

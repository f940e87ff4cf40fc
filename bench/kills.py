"""kill -9 at random moments of a crawl, again and again: is the end that of a night that was left alone?

``make kills`` runs it on the farm. Prints tried (kills sent while the crawl ran), resumed (crawls that went on after
one), equal (rounds whose canonical dump and verdicts are those of the undisturbed night), lost (pages that were stored
before a kill and are not there at the end), and how many requests a host was asked again for, per kill.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy.orm import Session  # noqa: E402

from db.dump import canonical_dump  # noqa: E402
from db.session import open_db  # noqa: E402
from tests.farm.home import write_home  # noqa: E402
from tests.farm.province import NIGHTS, finance, made, perfect_district, usual_district  # noqa: E402
from tests.farm.serve import Farm  # noqa: E402

ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


def verb(home: Path, *args: str) -> str:
    """One verb to its end; its standard output."""
    return subprocess.run([sys.executable, "-m", "gongkai", "--home", str(home), *args], capture_output=True, text=True, check=True,
                          cwd=home, env=ENV).stdout


def dump(home: Path) -> list[str]:
    """The canonical dump of a home's database, without the fetches: how often a page was asked for is what a kill may change."""
    engine = open_db(f"sqlite:///{home / 'var' / 'gongkai.db'}")
    with Session(engine) as session:
        lines = [x for x in canonical_dump(session) if '"table": "fetch"' not in x]
    engine.dispose()
    return lines


def verdicts(home: Path) -> dict[str, dict[str, str]]:
    """site -> indicator -> status."""
    document = json.loads(verb(home, "audit", "--edition", "shanghai-2019", "--as-of", "2019-12-31", "--json"))
    return {c["site"]: {f["indicator"]: f["status"] for f in c["findings"]} for c in document["sites"]}


def disturbed(home: Path, farm: Farm, rng: random.Random, kills: int) -> tuple[int, int, int]:
    """A night that is killed up to so many times; (killed, gone on, requests made twice)."""
    before = len(farm.asked)
    killed = resumed = 0
    while True:
        process = subprocess.Popen([sys.executable, "-m", "gongkai", "--home", str(home), "crawl"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True, cwd=home, env=ENV)
        resumed += killed > 0
        if killed < kills:
            mark = len(farm.asked)
            deadline = time.monotonic() + 60
            while len(farm.asked) == mark and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.002)  # it is at work: from here on any moment will do
            deadline = time.monotonic() + rng.uniform(0.0, 0.8)
            while process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.002)
        if killed < kills and process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
            process.communicate()
            continue
        _, err = process.communicate()
        assert process.returncode == 0, err
        break
    times = Counter((host, path) for host, _, path in farm.asked[before:] if path != "/robots.txt")
    return killed, resumed, sum(n - 1 for n in times.values())


def main() -> int:
    """Rounds until enough kills were sent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    tried = resumed = equal = lost = repeated = rounds = 0
    with tempfile.TemporaryDirectory() as scratch, Farm([made(m) for m in (perfect_district, usual_district, finance)], NIGHTS[1]) as farm:
        calm = Path(scratch) / "calm"
        write_home(calm, farm)
        verb(calm, "crawl")
        want, judged = dump(calm), verdicts(calm)
        hosts = len({host for host, _, _ in farm.asked})
        while tried < args.kills:
            rounds += 1
            home = Path(scratch) / f"round{rounds}"
            write_home(home, farm)
            killed, went_on, again = disturbed(home, farm, rng, min(args.kills - tried, rng.randint(3, 12)))
            have = dump(home)
            lost += sum('"table": "page"' in x for x in set(want) - set(have))
            same = have == want and verdicts(home) == judged
            verb(home, "archive", "verify")
            equal += same
            tried, resumed, repeated = tried + killed, resumed + went_on, repeated + again
            end = "equal" if same else "NOT EQUAL"
            print(f"round {rounds}: {killed} kills, {went_on} gone on, {again} requests twice, {end}", file=sys.stderr)
            if not same:
                for line in sorted(set(want) ^ set(have))[:6]:
                    print("  " + line[:300], file=sys.stderr)
    per = repeated / max(1, tried) / hosts
    print(f"tried {tried}  resumed {resumed}  equal {equal} of {rounds} rounds  lost {lost}  requests repeated per kill per host {per:.2f}")
    return 0 if equal == rounds and not lost and resumed >= tried and per <= 1 else 1


if __name__ == "__main__":
    sys.exit(main())

"""Unchanged nights of the farm, one after another: how much of what is known is asked for again?

Prints, for each night, the requests a site got as a share of its known pages (median and worst over the sites that can
be read), and how many of the pages that were planted on the last night were seen.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.farm.home import write_home  # noqa: E402
from tests.farm.province import NIGHTS, province  # noqa: E402
from tests.farm.serve import Farm  # noqa: E402

COUNT = 6


def crawl(home: Path, night: date) -> list[dict[str, int]]:
    """One night; what it says of each site."""
    done = subprocess.run([sys.executable, "-m", "gongkai", "--home", str(home), "--json", "crawl", "--clock", f"{night}T02:00:00+08:00"],
                          capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode in (0, 4), done.stderr
    return list(json.loads(done.stdout))


def main() -> int:
    """See the module."""
    with tempfile.TemporaryDirectory() as scratch, Farm([s for s in province() if s.manner == "well"], NIGHTS[1]) as farm:
        home = Path(scratch)
        write_home(home, farm)
        for n in range(COUNT):
            before = len(farm.asked)
            rows = crawl(home, NIGHTS[1] + timedelta(days=n))
            asked = Counter(host for host, _, _ in farm.asked[before:])
            shares = {r["site"]: r["requested"] / max(1, r["known"]) for r in rows}
            worst = max(shares, key=lambda s: shares[s])
            print(f"night {n + 1}: {sum(asked.values())} requests; of the known pages: median {statistics.median(shares.values()):.1%}, "
                  f"most {shares[worst]:.1%} ({worst})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

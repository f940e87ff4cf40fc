"""Serve the farm: ``python tests/farm --home DIR --night 2020-01-06``; then run gongkai with ``--home DIR``."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.farm.home import write_home
from tests.farm.province import NIGHTS, SEED, province
from tests.farm.serve import Farm


def main() -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python tests/farm", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="folder whose config/sites.toml is written")
    parser.add_argument("--night", type=date.fromisoformat, default=NIGHTS[-1], help="the night, simulated (default %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    with Farm(province(args.seed), args.night) as farm:
        write_home(args.home, farm)
        print(f"serving {len(farm.sites)} sites on 127.0.0.1:{farm.port}, night {farm.night}; "
              f"now: gongkai --home {args.home} crawl   (Ctrl-C ends)", file=sys.stderr)
        try:
            farm._stop.wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())

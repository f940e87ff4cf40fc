"""DNS goes away during a crawl and for a night: nobody is accused of it, and the night after finds what is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.campaign  # minutes: `make hostile`

HERE = Path(__file__).parent
POWERS = "R20.5"


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Three nights in a namespace of their own."""
    try:
        allowed = subprocess.run(["unshare", "-rnm", "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("needs unshare and ip (util-linux, iproute2): not here")
    if allowed.returncode:
        pytest.skip(f"needs network and mount namespaces (unshare -rnm): {allowed.stderr.strip()[:100]}")
    done = subprocess.run(["unshare", "-rnm", sys.executable, str(HERE / "nameless.py"), str(tmp_path_factory.mktemp("nameless"))],
                          capture_output=True, text=True, timeout=900, check=False, cwd=HERE.parents[1])
    assert done.returncode == 0, done.stderr[-3000:]
    out: list[dict[str, Any]] = json.loads(done.stdout)
    return out


def test_names_that_go_in_the_middle_make_nothing_missing(nights: list[dict[str, Any]]) -> None:
    verdicts = nights[0]["verdicts"].values()
    assert [v[POWERS] for v in verdicts].count(["unknown", "dns"]) >= 1, nights[0]
    assert not [k for v in verdicts for k, (status, _) in v.items() if status == "fail" and k == POWERS]


def test_a_night_without_names_is_our_own_trouble_and_judges_nobody(nights: list[dict[str, Any]]) -> None:
    assert nights[1]["asked"] == 0
    assert nights[1]["cut_off"] is True
    assert nights[1]["code"] == 5
    assert len(nights[1]["held"]) == 3
    fails = lambda n: {(s, k) for s, v in nights[n]["verdicts"].items() for k, (status, _) in v.items() if status == "fail"}  # noqa: E731
    assert fails(1) <= fails(2), "nothing fails that does not fail once all can be read"


def test_the_night_after_finds_it(nights: list[dict[str, Any]]) -> None:
    assert nights[2]["code"] in (0, 4), nights[2]["said"]
    assert {v[POWERS][0] for v in nights[2]["verdicts"].values()} == {"pass"}

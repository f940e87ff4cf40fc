"""A hostile site cannot make the crawl, its browser or the probes connect to an address of our own, on a network of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.urls import canonical
from tests.netns.lures import LOCATIONS, SITE

pytestmark = pytest.mark.campaign  # minutes: `make hostile`

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Two nights and the probes, in a namespace whose private addresses all have listeners."""
    home = tmp_path_factory.mktemp("private")
    try:
        allowed = subprocess.run(["unshare", "-rnm", "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("needs unshare and ip (util-linux, iproute2): not here")
    if allowed.returncode:
        pytest.skip(f"needs network and mount namespaces (unshare -rnm): {allowed.stderr.strip()[:100]}")
    done = subprocess.run(["unshare", "-rnm", sys.executable, str(HERE / "private.py"), str(home)], capture_output=True, text=True,
                          timeout=400, check=False, cwd=HERE.parents[1])
    assert done.returncode == 0, done.stderr[-3000:]
    out: dict[str, Any] = json.loads(done.stdout)
    return out


def test_nothing_of_ours_was_connected_to(seen: dict[str, Any]) -> None:
    assert seen["met"] == []


def test_every_lure_was_taken_up_and_refused(seen: dict[str, Any]) -> None:
    asked = set(seen["asked"])
    assert not {f"{SITE}/r/{n}.html" for n in range(len(LOCATIONS))} - asked, "a redirect of the test was never asked for"
    reasons: dict[str, set[str]] = {}
    for f in seen["fetches"]:
        reasons.setdefault(f["url"], set()).add(f["reason"])
    refused = {u for u, r in reasons.items() if r == {"guarded"}}
    assert {canonical(u) for u in ("http://127.0.0.1/", "http://2130706433/", "http://[::ffff:7f00:1]/", "http://127。0。0。1/",
                                   "http://is1.lure.example/", f"http://{SITE}:8080/")} <= refused
    assert "guarded" in reasons["http://turns0.lure.example/"], "public the first night, ours the second"


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium (apt-get install chromium)")
def test_the_browser_drew_the_page_that_tried_it_all(seen: dict[str, Any]) -> None:
    assert f"{SITE}/drawn/" in seen["asked"]


def test_the_programs_ended_well(seen: dict[str, Any]) -> None:
    for what, (code, said) in seen["ran"].items():
        assert code in (0, 4), (what, said)
        assert "Traceback" not in said, (what, said)

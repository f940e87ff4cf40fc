"""One night over the hostile province: each trap bounded and named, what stands beside it found, nothing accused for its sake."""

from __future__ import annotations

import json
import resource
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import gongkai
from tests.hostile.province import KINDS, LOST, NAME, Province

pytestmark = pytest.mark.campaign  # minutes: `make hostile`

BUDGET = 280  # requests a site and night


def write_home(home: Path, province: Province) -> None:
    """One row a trap."""
    hosts = [f"{k}.hostile.example" for k in KINDS] + [f"m{n}.mirror.example" for n in range(100)] + [f"w{n}.casino.example" for n in range(400)]
    text = ('editions = ["regulation-2019"]\n[run]\nclock = 2020-02-10T02:00:00+08:00\ntimeout = 2.0\nrender = false\n[resolve]\n'
            + "".join(f'"{h}" = "127.0.0.1:{province.port}"\n' for h in hosts))
    for kind in KINDS:
        text += (f'[[site]]\nid = "{kind}"\nname = "{NAME}"\nlevel = "bureau"\ndelay = 0.0\ndelay_agreed_by = "the test"\nsource = "invented"\n'
                 f"read_on = 2020-01-06\nbudget.requests = {BUDGET}\n"
                 'facts.has_powers = { value = true, source = "invented", read_on = 2020-01-01 }\n'
                 'facts.budget_unit = { value = true, source = "invented", read_on = 2020-01-01 }\n'
                 f'[[site.host]]\nurl = "http://{kind}.hostile.example"\n')
    (home / "config").mkdir()
    (home / "config" / "sites.toml").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Province, dict[str, Any], str]]:
    """(home, server, the morning page's lines by site, what was said)."""
    root = tmp_path_factory.mktemp("hostile")
    province = Province()
    write_home(root, province)
    done = gongkai(root, "nightly", timeout=900)
    assert done.code in (0, 4), done.err[-3000:]
    lines = {s["site"]: s for s in json.loads((root / "var" / "morning.json").read_text("utf-8"))["sites"]}
    yield root, province, lines, done.err
    province.listener.close()


Night = tuple[Path, Province, dict[str, Any], str]
# of each trap: the most requests, and by what name the morning page tells of it (a trap, a reason, or why the night ended)
MOST = {"facets": (260, {"echo"}), "bombs": (40, {"too_large"}), "grow": (110, {"growing", "redirect", "echo"}), "mirror": (20, set()),
        "hijack": (20, {"hijacked"}), "always": (40, set()), "vast": (150, set()), "rude": (40, {"timeout", "refused"}),
        "session": (60, {"echo"}), "pager": (BUDGET, {"budget"})}


def test_each_trap_is_left_and_named(night: Night) -> None:
    _, province, lines, _ = night
    asked = Counter(host.split(".")[0] for host, _ in province.asked if ".hostile." in host)
    for kind, (most, names) in MOST.items():
        line = lines[kind]
        assert asked[kind] <= most, (kind, asked[kind])
        assert names <= {*line["traps"], *(e["reason"] for e in line["errors"]), line["stopped"]}, (kind, line)
        assert kind == "pager" or not line["stopped"], (kind, line["stopped"])


def test_no_other_host_is_followed_beyond_one_hop(night: Night) -> None:
    hosts = Counter(host for host, path in night[1].asked if ".hostile." not in host and path != "/robots.txt")
    assert sum(hosts.values()) <= 50
    assert not [h for h in hosts if h.endswith("mirror.example")], "what mirrors say is known already"


def test_bytes_memory_and_archive_stay_small(night: Night) -> None:
    root, province, _, _ = night
    assert max(province.sent.values()) < 120 << 20, province.sent.most_common(3)
    assert sum(p.stat().st_size for p in (root / "var" / "archive").glob("*.gz")) < 20 << 20
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 700_000, "kB: five bombs of 120 MB each"


def test_what_is_honest_is_found_beside_them_and_nothing_fails_for_a_trap(night: Night) -> None:
    cards = gongkai(night[0], "audit", "--edition", "regulation-2019", "--as-of", "2020-02-09", "--json").json["sites"]
    found = {c["site"]: {f["indicator"]: (f["status"], f["reason"]) for f in c["findings"]} for c in cards}
    for kind, said in found.items():
        assert [said[i] for i in ("R12.1", "R20.2", "R20.5")] == [("pass", "published")] * 3, (kind, said)
        if kind in LOST:
            assert said["R50.1"][0] != "fail", (kind, said["R50.1"])
        else:
            assert said["R50.1"] == ("pass", "published"), (kind, said["R50.1"])


def test_every_failure_is_archived_and_nothing_is_our_bug(night: Night) -> None:
    assert "Traceback" not in night[3]
    assert "our reader failed" not in night[3]
    assert gongkai(night[0], "archive", "verify").code == 0

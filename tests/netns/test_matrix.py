"""The matrix of faults on a network of its own: case, expected, found, of the probes and of an audit after two nights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.edition import load
from audit.run import Order, judge
from audit.view import SiteView
from db.facts import ProbeFact, SiteFacts
from db.words import Host, Level, Site
from tests.netns.cases import CASES, Case

HERE = Path(__file__).parent
NOW = datetime.now(UTC).replace(microsecond=0)
Facts = dict[str, dict[str, list[dict[str, Any]]]]


def world(folder: Path, *options: str) -> Facts:
    """Site -> kind -> values, from a run inside a namespace."""
    inside = ["unshare", "-rn", sys.executable, str(HERE / "world.py"), str(folder), *options]
    try:
        allowed = subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("needs unshare and ip (util-linux, iproute2): not here")
    if allowed.returncode:
        pytest.skip(f"needs network namespaces (unshare -rn): {allowed.stderr.strip()[:100]}")
    done = subprocess.run(inside, capture_output=True, text=True, timeout=120, check=False, cwd=HERE.parents[1],
                          env={**os.environ, "SSL_CERT_FILE": str(folder / "root.pem")})
    assert done.returncode == 0, done.stderr[-3000:]
    out: Facts = defaultdict(lambda: defaultdict(list))
    for x in json.loads(done.stdout):
        out[x["site"] or ""][x["kind"]].append(x["value"])
    return out


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Everything probed once."""
    return world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def blind(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The same from a machine whose IPv6 nothing proves."""
    return world(tmp_path_factory.mktemp("world"), "--no-ipv6")


def audited(case: Case, facts: dict[str, list[dict[str, Any]]], nights: int = 2) -> dict[str, tuple[str, str]]:
    """Indicator -> (status, reason), the facts having been had on so many nights."""
    site = Site(case.name.replace("_", "-"), f"{case.name}区人民政府", Level.DISTRICT, (Host(f"http://{case.host}"),))
    probes = tuple(ProbeFact(case.host, kind, "netns", NOW - timedelta(days=n), n + 1, v, "p.warc.gz:0")
                   for n in reversed(range(nights)) for kind, values in facts.items() for v in values)
    order = Order(load(str(HERE / "matrix.toml")), (site,), NOW.date(), NOW, "test", None)
    return {k: (f.status.value, f.reason.value) for k, f in judge(SiteView.of(SiteFacts(site, NOW, {}, (), probes)), order).items()}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_what_the_probes_say_is_what_was_planted(seen: Facts, case: Case) -> None:
    found = {kind: [v["answer"] for v in values] for kind, values in seen[case.name].items()}
    for kind, expected in case.facts.items():
        wanted = {expected} if isinstance(expected, str) else set(expected)  # type: ignore[call-overload]
        assert set(found[kind]) == wanted, (case.name, kind, found)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_an_audit_after_two_nights_says_what_an_assessor_would(seen: Facts, case: Case) -> None:
    found = audited(case, seen[case.name])
    assert {k: found[k] for k in case.verdicts} == case.verdicts


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_nothing_fails_on_one_night(seen: Facts, case: Case) -> None:
    assert "fail" not in {status for status, _ in audited(case, seen[case.name], nights=1).values()}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_without_ipv6_of_our_own_nothing_is_said_of_reaching_it(blind: Facts, case: Case) -> None:
    found = audited(case, blind[case.name])
    assert {v["answer"] for v in blind[case.name]["http6.home"]} == {"no_ipv6_here"}
    assert found["X.2"][0] in ("unknown", "not_applicable")
    assert found["X.4"] == (("not_applicable", "no_aaaa") if case.verdicts.get("X.1") == ("fail", "no_aaaa") else ("unknown", "no_ipv6_here"))
    if "X.1" in case.verdicts and case.verdicts["X.1"][0] != "partial":
        assert found["X.1"] == case.verdicts["X.1"]  # what DNS says counts all the same


def test_both_captures_of_another_site_are_kept(seen: Facts) -> None:
    value = seen["other_content"]["same.home"][0]
    assert value["sha4"] != value["sha6"]
    assert value["title6"] == "Welcome to nginx!"


def test_links_are_counted_over_ipv6_and_what_opens_nowhere_is_left_out(seen: Facts, blind: Facts) -> None:
    value = seen["well"]["links6.second"][0]
    assert {x["url"]: x["answer"] for x in value["links"]} == {
        "http://well.both.example/n/1.html": "ok", "http://well.both.example/n/2.html": "ok", "http://well.both.example/n/3.html": "ok",
        "http://only-four.both.example/": "no_address", "http://nxdomain.both.example/": "broken"}
    assert (value["of"], value["n"], value["opened"], value["broken"], value["proxied"]) == (5, 4, 3, 1, 1)
    assert blind["well"]["links6.second"][0]["answer"] == "no_ipv6_here"


def test_names_that_are_gone_and_words_that_are_not_a_governments_are_told(seen: Facts) -> None:
    value = seen["well"]["links.outside"][0]
    assert {h: x["gone"] for h, x in value["hosts"].items()} == {"gone.nowhere.example": True, "only-four.both.example": False,
                                                                 "servfail.both.example": False}
    assert [x["words"] for x in value["suspicious"]] == ["某某棋牌平台"]


def test_a_wildcard_and_lame_servers_are_told(seen: Facts) -> None:
    assert seen["wildcard"]["dns.ns"][0]["wildcard"] is True
    assert seen["well"]["dns.ns"][0]["wildcard"] is False
    asked = {s["name"]: {x["answer"] for x in s["asked"].values()} for s in seen["lame"]["dns.ns"][0]["servers"]}
    assert asked == {"ns1.lame.example": {"authoritative"}, "ns2.lame.example": {"lame"}}


def test_a_cut_answer_was_had_whole_over_tcp(seen: Facts) -> None:
    assert all(v["tcp"] for v in seen["cut"]["dns.aaaa"])


def test_the_vantage_says_how_it_was_proved(seen: Facts, blind: Facts) -> None:
    assert seen[""]["vantage"][0]["controls6"] == ["control1.example", "control2.example"]
    assert blind[""]["vantage"][0]["answer"] == "no_ipv6_here"



def test_the_document_shows_every_case_as_it_is_held() -> None:
    text = (HERE.parents[1] / "docs" / "ipv6.md").read_text("utf-8")
    shown = {line.split("|")[1].strip() for line in text.splitlines() if line.endswith("| the same |")}
    assert shown == {c.name for c in CASES}, "docs/ipv6.md: print the table again with `python tests/netns/table.py`"

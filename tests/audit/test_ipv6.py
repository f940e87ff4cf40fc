"""IPv6: what two resolvers on two nights prove, and what they do not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from db.facts import ProbeFact
from tests.audit.build import Town

N1, N2 = datetime(2020, 1, 5, 2, tzinfo=UTC), datetime(2020, 1, 6, 2, tzinfo=UTC)
HOST = "www.qinghe.example"


def dns(at: datetime, resolver: str, answer: str, *addresses: str, proved: bool = True) -> ProbeFact:
    return ProbeFact(HOST, "dns.aaaa", "local", at, 1, {"answer": answer, "addresses": list(addresses), "resolver": resolver,
                                                        "proved": proved, "control": "c.example"}, "p.warc.gz:0")


def home6(at: datetime, answer: str, **more: Any) -> ProbeFact:
    return ProbeFact(HOST, "http6.home", "local", at, 1, {"answer": answer, **more}, "p.warc.gz:0")


def said(probes: list[ProbeFact], indicator: str = "30.1", **more: Any) -> tuple[str, str]:
    found = Town(probes=probes).look(N2).finding(indicator, **more)
    return found.status.value, found.reason.value


def both(answer: str, *addresses: str, nights: tuple[datetime, ...] = (N1, N2)) -> list[ProbeFact]:
    return [dns(at, r, answer, *addresses) for at in nights for r in ("1.1.1.1", "2.2.2.2")]


def test_61_an_address_is_an_address_and_without_ipv6_here_reachability_is_unknown() -> None:
    probes = [*both("addresses", "2400:3200::1"), home6(N1, "no_ipv6_here"), home6(N2, "no_ipv6_here")]
    assert said(probes) == ("pass", "aaaa_present")
    assert said(probes, "30.2") == ("unknown", "no_ipv6_here")


@pytest.mark.parametrize("answer", ["nodata", "nxdomain"])
def test_62_two_resolvers_on_two_nights_prove_that_there_is_none(answer: str) -> None:
    assert said(both(answer)) == ("fail", "no_aaaa")
    assert said(both(answer, nights=(N2,))) == ("unknown", "one_night_only")


def test_62_a_resolver_that_the_control_name_did_not_prove_proves_nothing() -> None:
    assert said([dns(at, r, "nodata", proved=False) for at in (N1, N2) for r in ("1.1.1.1", "2.2.2.2")]) == ("unknown", "resolver")


def test_63_a_failing_resolver_is_no_answer() -> None:
    probes = [dns(at, "1.1.1.1", "servfail") for at in (N1, N2)] + [dns(at, "2.2.2.2", "nodata") for at in (N1, N2)]
    assert said(probes) == ("unknown", "resolver")


@pytest.mark.parametrize("address", ["::", "::1", "::ffff:1.2.3.4", "fc00::1", "fd12::1", "fe80::1", "2001:db8::1"])
def test_64_addresses_that_are_not_public(address: str) -> None:
    assert said(both("addresses", address)) == ("fail", "aaaa_not_public")


def test_64_what_our_own_dns64_makes_is_no_finding() -> None:
    assert said(both("addresses", "64:ff9b::c000:201"))[0] == "unknown"


def test_65_an_address_that_does_not_answer_while_all_else_does() -> None:
    refused = {"controls_ok": True, "v4_ok": True}
    probes = [*both("addresses", "2400:3200::1"), home6(N1, "refused", **refused), home6(N2, "refused", **refused)]
    assert said(probes) == ("partial", "aaaa_but_unreachable")
    assert said(probes, "30.2") == ("fail", "aaaa_but_unreachable")
    once = [*both("addresses", "2400:3200::1"), home6(N2, "refused", **refused)]
    assert said(once) == ("pass", "aaaa_present")
    assert said(once, "30.2") == ("unknown", "one_night_only")


def test_80_a_probe_has_no_date_of_its_own() -> None:
    late = datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert said([dns(late, "1.1.1.1", "addresses", "2400:3200::1")]) == ("unknown", "observed_too_late")
    assert said([]) == ("unknown", "not_probed")


def test_66_a_badge_in_the_footer_decides_nothing() -> None:
    badge = ProbeFact(HOST, "identity.home", "local", N2, 1, {"answer": "read", "badge6": True}, "p.warc.gz:0")
    assert said([*both("nodata"), badge]) == ("fail", "no_aaaa")
    assert said([*both("addresses", "2400:3200::1"), badge]) == ("pass", "aaaa_present")
    assert "自称" in Town(probes=[*both("nodata"), badge]).look(N2).finding("30.1").words  # shown beside the test


def test_what_one_place_cannot_see_another_may() -> None:
    here = [*both("addresses", "2400:3200::1"), home6(N1, "no_ipv6_here"), home6(N2, "no_ipv6_here")]
    there = ProbeFact(HOST, "http6.home", "far", N2, 2, {"answer": "ok", "controls_ok": True}, "p.warc.gz:9")
    assert said([*here, there], "30.2") == ("pass", "reachable")


@pytest.mark.parametrize("answer", ["timeout", "reset", "refused", "left"])
def test_silence_over_both_families_is_not_ipv6s_fault(answer: str) -> None:
    tries = [home6(at, answer, controls_ok=True, v4_ok=False) for at in (N1, N2)]
    assert said([*both("addresses", "2400:3200::1"), *tries]) == ("pass", "aaaa_present")
    assert said([*both("addresses", "2400:3200::1"), *tries], "30.2")[0] == "unknown"


def test_one_night_that_opened_outweighs_another_that_did_not() -> None:
    refused = {"controls_ok": True, "v4_ok": True}
    probes = [*both("addresses", "2400:3200::1"), home6(N1, "refused", **refused), home6(N2, "ok")]
    assert said(probes) == ("pass", "aaaa_present")
    assert said(probes, "30.2") == ("pass", "reachable")

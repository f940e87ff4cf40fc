"""The matrix of faults: what is planted on a network, and what the probes and an audit after two nights must say of it.

facts: kind of fact -> its answer, or a tuple of what must be among its answers. verdicts: indicator of tests/netns/matrix.toml ->
(status, reason).
"""

from __future__ import annotations

from dataclasses import dataclass, field

RESOLVERS = ("223.5.5.5", "119.29.29.29")
CONTROLS = (("control1.example", "101.226.1.1", "2400:3200:1::1"), ("control2.example", "101.226.1.2", "2400:3200:1::2"))
V = tuple[str, str]


@dataclass(frozen=True)
class Server:
    """A name server. lame: how it answers for zones that it does not have: an rcode's name, or silent."""

    name: str
    zones: tuple[str, ...]
    four: tuple[str, ...]
    six: tuple[str, ...] = ()
    lame: str = ""


@dataclass(frozen=True)
class Case:
    """One planted host. over4, over6: well, absent, refused, blackhole, slow, too_slow, reset, other, 403, 503, to:URL, redesigned.
    dns: well, servfail, nxdomain, refused, timeout, loop, cut, cut_whole; or one a resolver."""

    name: str
    host: str
    four: tuple[str, ...] = ()
    six: tuple[str, ...] = ()
    over4: str = "well"
    over6: str = "well"
    dead: tuple[str, ...] = ()  # addresses at which no one listens
    dns: str | dict[str, str] = "well"
    chain: tuple[str, ...] = ()
    wildcard: bool = False
    certificate: str = ""
    secure: bool = False
    second: tuple[str, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    facts: dict[str, object] = field(default_factory=dict)
    verdicts: dict[str, V] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """The last two labels."""
        return ".".join(self.host.split(".")[-2:])


SERVERS = (
    Server("ns1.both.example", ("both.example", "wild.example"), ("101.226.2.1",), ("2400:3200:2::1",)),
    Server("ns2.both.example", ("both.example", "wild.example"), ("101.226.2.2",), ("2400:3200:2::2",)),
    Server("ns1.four.example", ("four.example",), ("101.226.2.3",)),
    Server("ns2.four.example", ("four.example",), ("101.226.2.4",)),
    Server("ns1.lame.example", ("lame.example",), ("101.226.2.5",), ("2400:3200:2::5",)),
    Server("ns2.lame.example", ("lame.example",), ("101.226.2.6",), ("2400:3200:2::6",), lame="REFUSED"),
    Server("ns1.mute.example", ("mute.example",), ("101.226.2.7",), ("2400:3200:2::7",), lame="silent"),
    Server("ns2.mute.example", ("mute.example",), ("101.226.2.8",), ("2400:3200:2::8",), lame="silent"),
)
_n = iter(range(10, 250))


def _case(name: str, zone: str = "both.example", **more: object) -> Case:
    """A case with addresses of its own: a v4 unless told, a v6 unless told."""
    n = next(_n)
    more.setdefault("four", (f"101.226.3.{n}",))
    more.setdefault("six", (f"2400:3200:15::{n:x}",))
    return Case(name, f"{name.replace('_', '-')}.{zone}", **more)  # type: ignore[arg-type]


AAAA, REACH, NS6, SAME, TLS = "X.1", "X.2", "X.3", "X.4", "X.5"
PRESENT, ABSENT = ("pass", "aaaa_present"), ("fail", "no_aaaa")
REACHED, ONE = ("pass", "reachable"), ("pass", "same_content")
BROKEN = {AAAA: ("partial", "aaaa_but_unreachable"), REACH: ("fail", "aaaa_but_unreachable")}
MAPPED = {AAAA: ("fail", "aaaa_not_public"), REACH: ("not_applicable", "no_aaaa")}
UNSURE = {AAAA: ("unknown", "resolver")}

CASES = (
    _case("well", second=("http://well.both.example/n/1.html", "http://well.both.example/n/2.html", "http://only-four.both.example/",
                          "http://nxdomain.both.example/", "http://well-both-example.ipv6ipv4.com.cn/n/3.html"),
          outside=(("http://gone.nowhere.example/", "旧版网站"), ("http://only-four.both.example/", "市政府"), ("http://servfail.both.example/", "某某棋牌平台")),
          facts={"dns.aaaa": "addresses", "http6.home": "ok", "same.home": "compared", "dns.ns": "ok"},
          verdicts={AAAA: PRESENT, REACH: REACHED, NS6: ("pass", "reachable"), SAME: ONE}),
    _case("v6_absent", six=(), facts={"dns.aaaa": "nodata", "http6.home": "no_address", "http4.home": "ok"},
          verdicts={AAAA: ABSENT, REACH: ("not_applicable", "no_aaaa"), SAME: ("not_applicable", "no_aaaa")}),
    _case("v6_refused", over6="refused", facts={"http6.home": "refused", "http4.home": "ok"}, verdicts=BROKEN),
    _case("aaaa_without_listener", over6="absent", facts={"http6.home": "refused"}, verdicts=BROKEN),
    _case("v6_blackholed", over6="blackhole", facts={"http6.home": "timeout", "http4.home": "ok"}, verdicts=BROKEN),
    _case("one_dead_address", six=("2400:3200:15:1::1", "2400:3200:15:1::2"), dead=("2400:3200:15:1::1",), facts={"http6.home": "ok"},
          verdicts={AAAA: PRESENT, REACH: ("partial", "aaaa_but_unreachable")}),
    _case("two_addresses", six=("2400:3200:15:2::1", "2400:3200:15:2::2"), verdicts={AAAA: PRESENT, REACH: REACHED}),
    _case("v6_reset", over6="reset", facts={"http6.home": "reset"}, verdicts=BROKEN),
    _case("v6_slow", over6="slow", facts={"http6.home": "ok"}, verdicts={AAAA: PRESENT, REACH: REACHED, SAME: ONE}),
    _case("v6_too_slow", over6="too_slow", facts={"http6.home": "timeout"}, verdicts=BROKEN),
    _case("both_blackholed", over4="blackhole", over6="blackhole", facts={"http6.home": "timeout", "http4.home": "timeout"},
          verdicts={AAAA: PRESENT, REACH: ("unknown", "timeout"), SAME: ("unknown", "timeout")}),
    _case("other_content", over6="other", facts={"http6.home": "ok", "same.home": "compared"},
          verdicts={AAAA: PRESENT, REACH: REACHED, SAME: ("fail", "other_site")}),
    _case("equal_403", over4="403", over6="403", facts={"same.home": "compared"}, verdicts={AAAA: PRESENT, SAME: ONE}),
    _case("only_v6_503", over6="503", verdicts={AAAA: PRESENT, SAME: ("fail", "content_differs")}),
    _case("redesigned", over6="redesigned", verdicts={SAME: ONE}),
    _case("leaves_v6", over6="to:http://only-four.both.example/", facts={"http6.home": "left"}, verdicts=BROKEN),
    _case("only_four", six=(), verdicts={AAAA: ABSENT}),
    _case("aaaa_only", four=(), facts={"dns.a": "nodata", "http4.home": "no_address", "http6.home": "ok"},
          verdicts={AAAA: PRESENT, REACH: REACHED, SAME: ("not_applicable", "no_a")}),
    _case("mapped", six=("::ffff:65e2:30a",), facts={"http6.home": "not_public"}, verdicts=MAPPED),
    _case("private", six=("fd12:3456::1",), facts={"http6.home": "not_public"}, verdicts=MAPPED),
    _case("documentation", six=("2001:db8::80",), verdicts=MAPPED),
    _case("loopback", six=("::1",), verdicts=MAPPED),
    _case("six_to_four", six=("2002:65e2:30a::1",), facts={"http6.home": "ok"}, verdicts={AAAA: PRESENT, REACH: REACHED}),
    _case("nat64", six=("64:ff9b::65e2:30a",), facts={"http6.home": "not_public"}, verdicts={AAAA: ("unknown", "resolver")}),
    _case("servfail", dns="servfail", facts={"dns.aaaa": "servfail", "http6.home": "resolver"}, verdicts=UNSURE),
    _case("one_servfail", six=(), dns={RESOLVERS[0]: "servfail", RESOLVERS[1]: "well"}, facts={"dns.aaaa": ("servfail", "nodata")}, verdicts=UNSURE),
    _case("silent_dns", dns="timeout", facts={"dns.aaaa": "timeout"}, verdicts=UNSURE),
    _case("refusing_dns", dns="refused", facts={"dns.aaaa": "refused"}, verdicts=UNSURE),
    _case("nxdomain", four=(), six=(), dns="nxdomain", facts={"dns.aaaa": "nxdomain", "dns.a": "nxdomain"}, verdicts={AAAA: ABSENT}),
    _case("cname_loop", dns="loop", facts={"dns.aaaa": "loop"}, verdicts=UNSURE),
    _case("cut", dns="cut", facts={"dns.aaaa": "addresses", "http6.home": "ok"}, verdicts={AAAA: PRESENT, REACH: REACHED}),
    _case("cut_over_tcp_too", dns="cut_whole", facts={"dns.aaaa": "truncated", "http6.home": "resolver"}, verdicts=UNSURE),
    *(_case(name, over6=name, facts={"http6.home": answer}) for name, answer in (
        ("garbage", "garbage"), ("silent_close", "reset"), ("endless_header", "garbage"), ("bad_redirect", "garbage"), ("script_redirect", "garbage"),
        ("other_port", "left"), ("to_loopback", "left"), ("to_itself", "too_many_redirects"), ("bad_chunk", "garbage"), ("cut_body", "ok"))),
    _case("chain", chain=("edge.cdn.example", "v6.cdn.example"), facts={"dns.aaaa": "addresses"}, verdicts={AAAA: PRESENT, REACH: REACHED}),
    _case("wildcard", zone="wild.example", wildcard=True, facts={"dns.ns": "ok"}, verdicts={AAAA: PRESENT, REACH: REACHED}),
    _case("servers_v4_only", zone="four.example", verdicts={AAAA: PRESENT, NS6: ("fail", "no_aaaa")}),
    _case("lame", zone="lame.example", verdicts={AAAA: PRESENT, NS6: ("partial", "lame")}),
    _case("mute_servers", zone="mute.example", verdicts={AAAA: PRESENT, NS6: ("unknown", "timeout")}),
    _case("tls_good", certificate="good", secure=True, facts={"tls4.home": "ok", "tls6.home": "ok", "http6.home": "ok"},
          verdicts={TLS: ("pass", "certificate_good"), REACH: REACHED}),
    _case("tls_expired", certificate="expired", secure=True, facts={"http6.home": "ok"},
          verdicts={TLS: ("fail", "certificate_expired"), REACH: REACHED}),
    _case("tls_ending", certificate="ending", verdicts={TLS: ("partial", "certificate_ending")}),
    _case("tls_self_signed", certificate="self_signed", verdicts={TLS: ("fail", "certificate_untrusted")}),
    _case("tls_wrong_name", certificate="wrong_name", verdicts={TLS: ("fail", "certificate_of_another")}),
    _case("tls_incomplete", certificate="incomplete", verdicts={TLS: ("partial", "certificate_untrusted")}),
    _case("tls_old", certificate="old_tls", verdicts={TLS: ("fail", "tls_outdated")}),
    _case("no_tls", verdicts={TLS: ("fail", "no_tls")}),
)

"""What probes make of bytes and of each other's facts: sameness, marks, samples, changes; the table and what the machine can measure."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.probe.asker import Asker, Resolver
from crawler.probe.history import changes, days_left
from crawler.probe.identity import marks
from crawler.probe.net import Net, not_really_six
from crawler.probe.run import Prober, Subject, Told
from crawler.probe.same import compared
from crawler.probe.support import sample, unproxied
from tests.conftest import gongkai
from tests.farm.home import write_home
from tests.farm.province import NIGHTS, made, usual_district
from tests.farm.serve import Farm

PAGE = '<html><head><title>清河区人民政府</title></head><body><ul>{}</ul><p>访问量：{}</p></body></html>'
ROWS = "".join(f'<li class="n"><a href="/{n}">关于做好{c}项重点工作的通知</a></li>' for n, c in enumerate("甲乙丙丁戊己庚辛"))

# -- sameness -----------------------------------------------------------------------------------------------------------


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_sameness_is_a_share_and_symmetric_and_never_breaks(one: bytes, two: bytes) -> None:
    there, back = compared(one, two), compared(two, one)
    assert 0 <= there["text"] <= 1
    assert (there["text"], there["structure"]) == (back["text"], back["structure"])
    assert compared(one, one)["text"] == 1.0


def test_counters_and_tokens_are_no_difference_and_another_page_is() -> None:
    one = PAGE.format(ROWS, 1017).encode()
    assert compared(one, PAGE.format(ROWS, 88812).encode())["text"] == 1.0
    other = compared(one, b"<html><title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>Further configuration is required.</p></html>")
    assert other["text"] < 0.1
    assert other["structure"] < 0.5
    assert other["title4"] != other["title6"]


def test_the_same_page_in_another_charset_is_the_same() -> None:
    utf, gbk = PAGE.format(ROWS, 1).encode(), PAGE.format(ROWS, 1).encode("gb18030")
    assert compared(utf, gbk, "text/html; charset=utf-8", "text/html; charset=gbk")["text"] == 1.0


# -- marks --------------------------------------------------------------------------------------------------------------

FOOT = """<html><head><title>某局</title><meta name="SiteIDCode" content="3100000010"><meta name="SiteName" content="某局"></head><body>
<div class="foot">主办单位：云泽市某某局　网站标识码：3100000010　沪ICP备05005864号-1
<a href="http://www.beian.gov.cn/x"><img src="g.png">沪公网安备 31010102002345号</a> <a href="/map.html">网站地图</a>
<script src="https://dcs.conac.cn/js/33/x.js"></script><a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3100000010"><img></a>
联系电话：021-12345678　本站支持IPv6</div></body></html>"""


def test_marks_are_read_from_text_metas_links_and_scripts() -> None:
    found = marks(FOOT.encode(), "text/html; charset=utf-8")
    assert found["code"] == found["code_meta"] == "3100000010"
    assert (found["icp"], found["police"], found["sponsor"]) == ("沪ICP备05005864号-1", "31010102002345", "云泽市某某局")
    assert found["code_mistakes"] == "3100000010"
    assert all(found[k] for k in ("party", "mistakes", "contact", "sitemap", "badge6"))


def test_the_marks_of_a_real_bureaus_home_page(shared: Path) -> None:
    found = marks((shared / "real" / "mirror" / "lyj.jlcity.gov.cn" / "index.html").read_bytes())
    assert (found["code"], found["code_meta"], found["code_mistakes"]) == ("2202000006", "2202000006", "2202000014")  # by eye: it differs
    assert (found["icp"], found["police"]) == ("吉ICP备05005864号", "22021102000204")
    assert not found["party"]


@given(st.binary(max_size=400))
def test_marks_of_noise_never_break(body: bytes) -> None:
    assert marks(body)["answer"] in ("read", "unreadable")


def test_a_ministrys_code_and_nothing_at_all() -> None:
    assert marks("<html><body>网站标识码bm55000001</body></html>".encode())["code"] == "bm55000001"
    button = marks(b"<html><body><script id='_jiucuo_' sitecode='2202000014' src='images/jiucuo.js'></script></body></html>")
    assert (button["mistakes"], button["code_mistakes"]) == (True, "2202000014")
    bare = marks(b"<html><body>hello</body></html>")
    assert not any(v for k, v in bare.items() if k != "answer")


# -- samples ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=60), st.integers(1, 40), st.text(max_size=5))
def test_a_sample_is_drawn_by_host_first_and_again_the_same(links: list[tuple[int, int]], size: int, seed: str) -> None:
    urls = [f"http://h{h}.example/{n}" for h, n in links]
    got = sample(urls, seed, size)
    assert got == sample(reversed(urls), seed, size)
    assert len(got) == len(set(got)) == min(size, len(set(urls)))
    hosts = {u.split("/")[2] for u in urls}
    assert len({u.split("/")[2] for u in got}) == min(size, len(hosts))


def test_a_link_through_a_v6_proxy_stands_for_its_host() -> None:
    assert unproxied("http://www-huangpu-gov-cn.ipv6ipv4.com.cn/a?b=1") == ("http://www.huangpu.gov.cn/a?b=1", True)
    assert unproxied("http://www.huangpu.gov.cn/a") == ("http://www.huangpu.gov.cn/a", False)


# -- where probes may go ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["::1", "fd00::1", "fe80::1", "2001:db8::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "::"])
def test_addresses_that_are_no_sites_over_ipv6_are_never_asked(address: str) -> None:
    assert Net().places("www.a.example", 6, 80, [address]) == []


def test_a_mapped_name_leads_where_the_table_says_and_nowhere_else() -> None:
    net = Net({"a.example": "127.0.0.1:81", "a.example:443": "127.0.0.1:82", "a.example:443/6": "[::1]:83"})
    assert net.places("a.example", 4, 80, ["8.8.8.8"]) == [("127.0.0.1", 81)]
    assert net.places("a.example", 4, 443, ["8.8.8.8"]) == [("127.0.0.1", 82)]
    assert net.places("a.example", 6, 443, ["2400:3200::1"]) == [("::1", 83)]
    assert net.places("a.example", 6, 80, ["2400:3200::1"]) == []
    assert net.places("b.example", 4, 80, ["8.8.8.8", "10.0.0.1"]) == [("8.8.8.8", 80)]
    assert not_really_six("::ffff:1.2.3.4")


def test_a_bug_met_on_one_site_ends_no_others_probe() -> None:
    told: list[Told] = []
    bad = Subject("bad", "http://bad.example/", second=(3,))  # type: ignore[arg-type]
    prober = Prober(Net({"bad.example": "127.0.0.1:1", "good.example": "127.0.0.1:1"}), [Resolver("127.0.0.1", 1)] * 2, "c.example", [], "test",
                    only=frozenset({"links", "http"}), dns=Asker(0.2, 1))
    asyncio.run(prober.run([bad, Subject("good", "http://good.example/")], told.append))
    by = {(f.site, f.kind): f.value["answer"] for f in told}
    assert by["bad", "probe.error"] == "bug"
    assert by["good", "http4.home"] == "refused"
    assert by["good", "links6.second"] == "no_ipv6_here"


# -- over time ----------------------------------------------------------------------------------------------------------


def tls(sha: str, end: str) -> dict[str, Any]:
    return {"answer": "ok", "tls": {"sha256": sha * 32, "verified": True, "not_after": end}}


def test_changes_of_address_name_server_and_certificate_are_told() -> None:
    a = [{"answer": "addresses", "addresses": ["192.0.2.1"]}]
    assert changes("dns.a", a, [{"answer": "addresses", "addresses": ["192.0.2.7"]}]) == ["addresses: 192.0.2.1 → 192.0.2.7"]
    assert changes("dns.a", a, [{"answer": "nodata", "addresses": []}]) == ["addresses: 192.0.2.1 → none"]
    assert changes("dns.a", a, a) == []
    ns = [{"answer": "ok", "servers": [{"name": "ns1.a"}]}]
    assert changes("dns.ns", ns, [{"answer": "ok", "servers": [{"name": "ns2.b"}]}]) == ["name servers: ns1.a → ns2.b"]
    assert changes("tls4.home", [tls("aa", "2020-01-01T00:00:00+00:00")], [tls("bb", "2021-01-01T00:00:00+00:00")]) == [
        "certificate: aaaaaaaaaaaaaaaa → bbbbbbbbbbbbbbbb"]


@pytest.mark.parametrize("answer", ["timeout", "servfail", "unreachable", "refused", "loop"])
def test_a_resolver_that_failed_is_no_change(answer: str) -> None:
    assert changes("dns.aaaa", [{"answer": "addresses", "addresses": ["2400::1"]}], [{"answer": answer, "addresses": []}]) == []
    assert changes("dns.aaaa", [{"answer": answer, "addresses": []}], [{"answer": "addresses", "addresses": ["2400::1"]}]) == []


def test_the_end_of_a_certificate_is_foreseen() -> None:
    assert days_left(tls("aa", "2020-01-11T00:00:00+00:00"), datetime(2020, 1, 1, tzinfo=UTC)) == 10
    assert days_left(tls("aa", "2019-12-30T00:00:00+00:00"), datetime(2020, 1, 1, tzinfo=UTC)) == -2
    assert days_left({"answer": "refused"}, datetime(2020, 1, 1, tzinfo=UTC)) is None


# -- as a user meets it -------------------------------------------------------------------------------------------------


def test_a_table_a_site_what_changed_and_the_bytes_behind_it(tmp_path: Path) -> None:
    with Farm([made(usual_district)], NIGHTS[0]) as farm:
        write_home(tmp_path, farm)
        first = gongkai(tmp_path, "probe", "--only", "dns,http", "--json")
        assert first.code == 0, first.err
        farm.sites[0].aaaa = ("2400:3200:1600::99",)
        farm.set_night(NIGHTS[1])
        write_home(tmp_path, farm)
        second = gongkai(tmp_path, "probe", "--only", "dns,http")
        assert second.code == 0, second.err
        assert "linhe  www.linhe.example\n  dns.a " in second.out
        assert "2400:3200:1600::99  @127.0.0.1:" in second.out
        assert "changed: linhe www.linhe.example dns.aaaa addresses: none → 2400:3200:1600::99" in second.err
        before = len(farm.asked)
        again = gongkai(tmp_path, "probe", "--only", "http", "--unless-within", "6")
        assert again.code == 0, again.err
        assert len(farm.asked) == before
        doctor = {r["what"]: r for r in gongkai(tmp_path, "doctor", "--json").json}
    assert doctor["resolvers"]["state"] == "ok"
    assert doctor["ipv6"]["state"] == "missing"
    assert "--import" in doctor["ipv6"]["words"]
    home = next(x for x in first.json if x["kind"] == "http4.home")
    shown = gongkai(tmp_path, "evidence", "show", home["value"]["sha256"])
    assert shown.code == 0, shown.err
    assert "临河区人民政府" in shown.out


def test_a_probe_that_there_is_not_and_two_wishes_at_once(tmp_path: Path) -> None:
    with Farm([made(usual_district)], NIGHTS[0]) as farm:
        write_home(tmp_path, farm)
    wrong = gongkai(tmp_path, "probe", "--only", "ipv6,weather")
    assert wrong.code == 1
    assert "weather: no such probe; there are: ipv6, dns" in wrong.err
    both = gongkai(tmp_path, "probe", "--import", "a", "--export", "b")
    assert both.code == 1
    assert "one at a time" in both.err
    none = gongkai(tmp_path, "probe", "--import", "nothing.jsonl")
    assert none.code == 1
    assert "nothing.jsonl: no such file" in none.err

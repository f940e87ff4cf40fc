"""What the crawl never does: reach an address that no public site has, and hurry a host. Told by who was asked."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import gongkai
from tests.web import Asked, Reply

HOST, DELAY = "slow.qinghe.example", 0.4


Page = tuple[int, dict[str, str], str]


def asked_of(pages: dict[str, Page | list[Page]]) -> Asked:
    """A server of these pages; of several answers each is given once, the last one from then on."""

    def answer(path: str) -> Reply:
        found = pages.get(path, (404, {}, "not here"))
        status, headers, body = (found.pop(0) if len(found) > 1 else found[0]) if isinstance(found, list) else found
        return status, headers, body.encode()

    return Asked(answer)


@pytest.fixture
def trap() -> Iterator[tuple[int, list[str]]]:
    """A listener on loopback that must never be connected to."""
    met: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.2)
    stop = threading.Event()

    def wait() -> None:
        while not stop.is_set():
            try:
                peer, address = listener.accept()
                met.append(str(address))
                peer.close()
            except TimeoutError:
                continue
            except OSError:
                return

    threading.Thread(target=wait, daemon=True).start()
    yield listener.getsockname()[1], met
    stop.set()
    listener.close()


def home(tmp_path: Path, port: int, extra: str = "", delay: float = DELAY) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sites.toml").write_text(f"""editions = ["regulation-2019"]
contact = "audit@qinghe.example"
[run]
clock = 2020-03-02T02:00:00+08:00
timeout = 3.0
[resolve]
"{HOST}" = "127.0.0.1:{port}"
[[site]]
id = "slow"
name = "清河区财政局"
level = "bureau"
delay = {delay}
delay_agreed_by = "the test"
source = "invented"
read_on = 2020-01-06
[[site.host]]
url = "http://{HOST}"
{extra}""", "utf-8")
    return tmp_path


def page(body: str) -> tuple[int, dict[str, str], str]:
    return 200, {}, f"<html><title>清河区财政局</title><body>{body}{'<p>欢迎访问本网站，办事请登录一网通办。</p>' * 6}</body></html>"


def test_one_request_at_a_time_with_the_agreed_delay_and_an_honest_name(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="/c{n}/">栏目频道{n}</a></li>' for n in range(4))
    asked = asked_of({"/": page(f"<ul>{links}</ul>"), "/robots.txt": (200, {}, "User-agent: *\nDisallow: /c2/\n"),
                   **{f"/c{n}/": page(f"<h1>栏目频道{n}</h1><p>本栏目暂无内容</p>") for n in range(4)}})
    assert gongkai(home(tmp_path, asked.port), "crawl").code == 0
    paths = asked.paths
    assert paths[0] == "/robots.txt"
    assert "/c2/" not in paths
    assert len(paths) == len(set(paths)) >= 5
    times = [t for t, _ in asked.log]
    assert asked.most == 1
    assert min(b - a for a, b in itertools.pairwise(times)) >= DELAY * 0.9
    assert all("gongkai/" in a and "audit@qinghe.example" in a for a in asked.agents)


def test_no_link_redirect_or_attachment_reaches_an_address_of_our_own(tmp_path: Path, trap: tuple[int, list[str]]) -> None:
    port, met = trap
    ways = [f"http://127.0.0.1:{port}/", f"http://localhost:{port}/", f"http://0x7f000001:{port}/", f"http://2130706433:{port}/",
            f"http://[::ffff:127.0.0.1]:{port}/", "http://169.254.169.254/latest/meta-data/", f"http://127.1:{port}/"]
    links = "".join(f'<li><a href="{w}zwgk/">权责清单</a></li>' for w in ways)
    asked = asked_of({
        "/": page(f'<ul>{links}<li><a href="/go/">信息公开指南</a></li><li><a href="/nb/">公开年报</a></li></ul>'),
        "/go/": (302, {"Location": ways[0]}, ""),
        "/nb/": page('<div>当前位置：<a href="/">首页</a> &gt; 公开年报</div><h1>公开年报</h1><ul><li><a href="/1.html">'
                     '清河区财政局2019年政府信息公开工作年度报告</a><span>2020-01-20</span></li></ul>'),
        "/1.html": page(f'<h1>清河区财政局2019年政府信息公开工作年度报告</h1><p>发布日期：2020-01-20</p><p>附件：<a href="{ways[1]}a.pdf">年度报告.pdf</a></p>'),
        "/robots.txt": (404, {}, "")})
    done = gongkai(home(tmp_path, asked.port), "crawl")
    assert done.code in (0, 4), done.err
    assert not met, f"the crawl connected to a guarded address: {met}"
    reasons = {line.split('"reason": ')[1].split(",")[0] for line in gongkai(tmp_path, "export", "fetches").out.splitlines()}
    assert '"guarded"' in reasons
    assert "Traceback" not in done.err


def test_robots_that_cannot_be_read_is_waited_for(tmp_path: Path) -> None:
    asked = asked_of({"/robots.txt": (503, {}, "busy"), "/": page("<p>x</p>")})
    done = gongkai(home(tmp_path, asked.port), "crawl")
    assert asked.paths == ["/robots.txt"]
    audited = gongkai(tmp_path, "audit", "--edition", "regulation-2019", "--json").json
    assert {f["status"] for f in audited["sites"][0]["findings"]} <= {"unknown", "not_applicable"}
    assert done.code == 4


def gaps(asked: Asked) -> list[float]:
    """Seconds between the requests, as the server saw them."""
    return [b - a for (a, _), (b, _) in itertools.pairwise(asked.log)]


def small(**more: Page | list[Page]) -> dict[str, Page | list[Page]]:
    """A site of a home page and some columns, some of whose answers are given."""
    links = "".join(f'<li><a href="/c{n}/">栏目频道{n}</a></li>' for n in range(6))
    return {"/": page(f"<ul>{links}</ul>"), "/robots.txt": (404, {}, ""),
            **{f"/c{n}/": page(f"<h1>栏目频道{n}</h1><p>本栏目暂无内容</p>") for n in range(6)},
            **{f"/{k}{'' if '.' in k else '/'}": v for k, v in more.items()}}


def test_a_robots_txt_in_trouble_is_waited_for_as_long_as_it_asks(tmp_path: Path) -> None:
    asked = asked_of(small(**{"robots.txt": [(503, {"Retry-After": "1"}, ""), (200, {}, "User-agent: *\nCrawl-delay: 0.5\nDisallow: /c3/")]}))
    assert gongkai(home(tmp_path, asked.port, delay=0.1), "crawl").code == 0
    assert asked.paths[:3] == ["/robots.txt", "/robots.txt", "/"]
    assert "/c3/" not in asked.paths
    assert gaps(asked)[0] >= 0.99
    assert min(gaps(asked)) >= 0.49, "its crawl-delay is longer than what was agreed"


def test_a_redirected_robots_txt_binds(tmp_path: Path) -> None:
    asked = asked_of(small(**{"robots.txt": (301, {"Location": "/r2.txt"}, ""), "r2.txt": (200, {}, "User-agent: gongkai\nDisallow: /c1/")}))
    assert gongkai(home(tmp_path, asked.port, delay=0.0), "crawl").code == 0
    assert asked.paths[:2] == ["/robots.txt", "/r2.txt"]
    assert "/c1/" not in asked.paths
    assert "/c2/" in asked.paths


def test_429_and_503_halve_the_pace_and_are_asked_once_more(tmp_path: Path) -> None:
    fine = small()["/c2/"]
    assert isinstance(fine, tuple)
    asked = asked_of(small(c2=[(503, {"Retry-After": "1"}, "busy"), fine], c4=(429, {}, "slowly")))
    done = gongkai(home(tmp_path, asked.port, delay=0.2), "crawl")
    assert done.code == 0, done.err
    assert asked.paths.count("/c2/") == asked.paths.count("/c4/") == 2
    first = asked.paths.index("/c2/")
    assert gaps(asked)[first] >= 0.99, "Retry-After"
    slower = asked.paths.index("/c4/")
    assert min(gaps(asked)[max(first, slower):]) >= 0.4 * 0.95, "twice as slow after each"
    pages = {line.split('"url": "')[1].split('"')[0]: line for line in gongkai(tmp_path, "export", "pages").out.splitlines()}
    assert '"reason": null' in pages[f"http://{HOST}/c2/"], "the second answer was read"


def test_a_host_that_falls_silent_is_left_alone(tmp_path: Path) -> None:
    asked = asked_of(small(**{f"c{n}": (503, {}, "down") for n in range(6)}))
    done = gongkai(home(tmp_path, asked.port, delay=0.01), "crawl")
    assert asked.paths.count("/c5/") + asked.paths.count("/c0/") <= 2
    assert sum(p.startswith("/c") for p in asked.paths) == 5, "five failures one after another are enough"
    assert done.code == 0
    audited = gongkai(tmp_path, "audit", "--edition", "regulation-2019", "--json").json
    assert not [f for f in audited["sites"][0]["findings"] if f["status"] == "fail"]


def test_two_sites_on_one_host_and_two_hosts_on_one_machine_share_a_pace(tmp_path: Path) -> None:
    asked = asked_of(small())
    second = f'''
[[site]]
id = "other"
name = "清河区审计局"
level = "bureau"
delay = {DELAY}
delay_agreed_by = "the test"
source = "invented"
read_on = 2020-01-06
[[site.host]]
url = "http://{HOST}"
[[site]]
id = "third"
name = "清河区民政局"
level = "bureau"
delay = {DELAY}
delay_agreed_by = "the test"
source = "invented"
read_on = 2020-01-06
[[site.host]]
url = "http://mzj.qinghe.example"
'''
    root = home(tmp_path, asked.port, second)
    rows = root / "config" / "sites.toml"
    rows.write_text(rows.read_text("utf-8").replace("[resolve]", f'[resolve]\n"mzj.qinghe.example" = "127.0.0.1:{asked.port}"'), "utf-8")
    done = gongkai(root, "crawl")
    assert done.code == 0, done.err
    assert len(asked.log) >= 20
    assert asked.most == 1
    assert min(gaps(asked)) >= DELAY * 0.95


def test_outside_its_hours_a_site_is_asked_nothing(tmp_path: Path) -> None:
    asked = asked_of(small())
    root = home(tmp_path, asked.port, delay=0.0)
    rows = root / "config" / "sites.toml"
    rows.write_text(rows.read_text("utf-8").replace('source = "invented"', 'window = "22:00-06:00"\nsource = "invented"'), "utf-8")
    noon = gongkai(root, "crawl", "--clock", "2020-03-02T12:00:00+08:00")
    assert not asked.log
    assert "stopped: window" in noon.err
    assert gongkai(root, "crawl", "--clock", "2020-03-02T23:00:00+08:00").code == 0
    assert len(asked.log) >= 8

"""Three sites whose names can no longer be looked up, first in the middle of a crawl, then for a night; run by ``unshare -rnm``."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from dnslib import QTYPE, RCODE, RR, A, DNSRecord
from dnslib.server import BaseResolver

from tests.netns.dnsd import serve_dns

ROOT = Path(__file__).parents[2]
SITES = ("jiahe", "yihe", "binghe")
WEB, RESOLVER = "101.226.8.1", "101.226.8.53"
TITLE = "清河区财政局权责清单"
FILL = "<p>" + "欢迎访问本网站，办事请登录一网通办。" * 8 + "</p>"
state = {"names": True, "ends_at": 0, "asked": 0}


class Names(BaseResolver):  # type: ignore[misc]
    """Every name of the sites, as long as it is in the mood."""

    def resolve(self, request: DNSRecord, handler: Any) -> DNSRecord:
        """One answer."""
        reply = request.reply()
        if not state["names"]:
            reply.header.rcode = RCODE.SERVFAIL
        elif QTYPE[request.q.qtype] == "A":
            reply.add_answer(RR(str(request.q.qname), QTYPE.A, rdata=A(WEB), ttl=0))
        return reply


def answer(host: str, path: str) -> tuple[int, bytes]:
    """A page; the list itself lies on a second host of the site."""
    site = host.split(".")[-2]
    page = lambda title, body: (200, f'<html><meta charset="utf-8"><title>{title}</title><body><div>当前位置：<a href="/">首页</a> &gt; 权责清单</div>{body}{FILL}</body></html>'.encode())  # noqa: E731
    if host.startswith("files") and path == "/t1.html":
        return page(TITLE, f"<h1>{TITLE}</h1><p>发布日期：2019-06-01</p><p>{'行政处罚：对违反会计法行为的处罚，依据会计法第四十二条；' * 30}</p>")
    if path == "/":
        return page("清河区财政局", '<ul><li><a href="/qzqd/">权责清单</a></li><li><a href="/tz/">通知公告</a></li></ul>')
    if path == "/qzqd/":
        return page("权责清单", f'<ul><li><a href="http://files.{site}.example/t1.html">{TITLE}</a><span>2019-06-01</span></li></ul>')
    return page("通知公告", "<p>本栏目暂无内容</p>") if path == "/tz/" else (404, b"not here")


class Web(http.server.BaseHTTPRequestHandler):
    """All hosts. After so many requests the names are gone."""

    def do_GET(self) -> None:
        state["asked"] += 1
        if state["ends_at"] and state["asked"] >= state["ends_at"]:
            state["names"] = False
        status, body = answer(self.headers.get("Host", ""), self.path)
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Silent."""


def program(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program as a user runs it."""
    return subprocess.run([sys.executable, "-m", "gongkai", "--home", str(home), *words], capture_output=True, text=True, timeout=400, check=False,
                          cwd=home, env={**os.environ, "PYTHONPATH": str(ROOT)})


def main() -> None:
    """Three nights: the names go in the middle of the first, are gone in the second, and are back in the third."""
    home = Path(sys.argv[1])
    subprocess.run(["ip", "-batch", "-"], input=f"link set lo up\naddr add {WEB}/32 dev lo\naddr add {RESOLVER}/32 dev lo\n", text=True, check=True)
    for name, text in (("resolv.conf", f"nameserver {RESOLVER}\noptions timeout:1 attempts:1\n"), ("nsswitch.conf", "hosts: files dns\n")):
        (home / name).write_text(text, "utf-8")
        subprocess.run(["mount", "--bind", str(home / name), str(Path("/etc", name).resolve())], check=True)
    serve_dns(Names(), RESOLVER)
    threading.Thread(target=http.server.ThreadingHTTPServer((WEB, 80), Web).serve_forever, daemon=True).start()
    text = 'editions = ["regulation-2019"]\n[run]\nclock = 2020-02-28T02:00:00+08:00\ntimeout = 3.0\n'
    for ident in SITES:
        text += (f'[[site]]\nid = "{ident}"\nname = "清河区财政局"\nlevel = "bureau"\ndelay = 0.0\ndelay_agreed_by = "the test"\nsource = "invented"\n'
                 'read_on = 2020-01-06\nfacts.has_powers = { value = true, source = "invented", read_on = 2020-01-01 }\n'
                 f'[[site.host]]\nurl = "http://www.{ident}.example"\n[[site.host]]\nurl = "http://files.{ident}.example"\nrole = "platform"\n')
    (home / "config").mkdir()
    (home / "config" / "sites.toml").write_text(text, "utf-8")
    out = []
    for night, names, ends_at in (("2020-02-28", True, 6), ("2020-02-29", False, 0), ("2020-03-01", True, 0)):
        state.update(names=names, ends_at=ends_at, asked=0)
        done = program(home, "crawl" if names else "nightly", "--clock", f"{night}T02:00:00+08:00")
        cards = json.loads(program(home, "audit", "--edition", "regulation-2019", "--as-of", "2020-02-29", "--json").stdout)["sites"]
        page = home / "var" / "morning.json"
        morning = json.loads(page.read_text("utf-8")) if page.exists() else {}
        out.append({"code": done.returncode, "said": done.stderr[-1500:], "asked": state["asked"], "cut_off": morning.get("cut_off"),
                    "held": morning.get("held"), "verdicts": {c["site"]: {f["indicator"]: [f["status"], f["reason"]] for f in c["findings"]} for c in cards}})
    print(json.dumps(out, ensure_ascii=False))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()

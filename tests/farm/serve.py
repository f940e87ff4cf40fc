"""The province on loopback: one HTTP server for all hosts, by the Host header, and a DNS server of its own."""

from __future__ import annotations

import http.server
import re
import sys
import threading
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

from dnslib import AAAA, QTYPE, RCODE, RR, A, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer

from tests.farm.families.affair import Affair, AffairText
from tests.farm.families.base import GONE, Answer, Web
from tests.farm.families.dede import Dede
from tests.farm.families.drawn import Drawn, Sidebar
from tests.farm.families.framed import Framed
from tests.farm.families.gkmlpt import Gkmlpt
from tests.farm.families.handmade import Handmade
from tests.farm.families.hanweb import Hanweb
from tests.farm.families.jpaas import Jpaas
from tests.farm.families.postback import Postback
from tests.farm.families.shelled import Shelled
from tests.farm.families.trs import Trs
from tests.farm.families.vsb import Vsb
from tests.farm.model import FarmSite

FAMILIES: dict[str, type[Web]] = {"affair_api": Affair, "affair_text": AffairText, "trs": Trs, "hanweb": Hanweb, "handmade": Handmade,
                                 "vsb": Vsb, "dede": Dede, "framed": Framed, "postback": Postback,
                                 "gkmlpt": Gkmlpt, "shelled": Shelled, "jpaas": Jpaas, "drawn": Drawn, "sidebar": Sidebar}
CONTROL = "control.yunze.example"
CHALLENGE = """<html><head><title>安全验证</title><script>document.cookie="acw_sc__v2=1";location.reload();</script></head>
<body>您的访问存在异常，请完成安全验证后继续访问。</body></html>"""


ROOTED = re.compile(rb'\b(?:href|src|action)="/(?!/)')  # addresses from the host's root, of a site that has only a folder of it


class Farm:
    """The running province. asked: every request as (host, method, path), for tests of manners."""

    def __init__(self, sites: list[FarmSite], night: date, silence: float = 60.0) -> None:
        self.sites = sites
        self.silence = silence
        self.asked: list[tuple[str, str, str]] = []
        self.set_night(night)
        self._stop = threading.Event()
        farm = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: two would wait 40 ms for each other

            def do_GET(self) -> None:
                farm.reply(self, "GET", b"")

            def do_POST(self) -> None:
                farm.reply(self, "POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)))

            def log_message(self, *args: object) -> None:
                pass

        self.server = _Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.dns = [DNSServer(_Names(self), port=0, address="127.0.0.1", logger=DNSLogger("-request,-reply,-truncated,-error"),
                              handler=DNSHandler) for _ in range(2)]

    def set_night(self, night: date) -> None:
        """What stands on the sites this night."""
        self.night = night
        self.webs = {s.id: FAMILIES[s.family](s, night) for s in self.served}
        self.files = {path: answer for web in self.webs.values() for path, answer in web.files.items()}
        self.files |= {path: Answer(body=text.encode()) for s in self.served for path, text in s.elsewhere.items()}

    @property
    def served(self) -> list[FarmSite]:
        """Every site, and every further host of one."""
        return [*self.sites, *(o for s in self.sites for o in s.others)]

    @property
    def port(self) -> int:
        """Of the HTTP server."""
        return int(self.server.server_port)

    @property
    def dns_ports(self) -> list[int]:
        """Of the two resolvers."""
        return [int(d.server.server_address[1]) for d in self.dns]

    def start(self) -> Farm:
        """Serve in threads."""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        for server in self.dns:
            server.start_thread()
        return self

    def stop(self) -> None:
        """Let go of the ports."""
        self._stop.set()
        self.server.shutdown()
        self.server.server_close()
        for server in self.dns:
            server.stop()
            server.server.server_close()

    def __enter__(self) -> Farm:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    # -- HTTP -------------------------------------------------------------------------------------------------------

    def reply(self, handler: http.server.BaseHTTPRequestHandler, method: str, body: bytes) -> None:
        """Answer one request as the site of its host would."""
        host = (handler.headers.get("Host") or "").split(":")[0]
        path, _, query = handler.path.partition("?")
        self.asked.append((host, method, handler.path))
        site = next((s for s in self.served if host in (s.host, s.second_host) and (path + "/").startswith(s.folder + "/")), None)
        if site is not None and site.manner == "silent":
            self._stop.wait(self.silence)
            handler.close_connection = True
            return
        inner = path if site is None else path.removeprefix(site.folder) or "/"
        answer = self._answer(site, host, method, unquote(inner), query, body)
        if site is not None and site.folder and answer.type.startswith("text/html"):
            answer = replace(answer, body=ROOTED.sub(rb'\g<0>' + site.folder[1:].encode() + b"/", answer.body))
        handler.send_response(answer.status)
        handler.send_header("Content-Type", answer.type)
        handler.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(answer.body)

    def _answer(self, site: FarmSite | None, host: str, method: str, path: str, query: str, body: bytes) -> Answer:
        if site is None:
            return self.files.get(host + path, GONE)
        if site.manner == "challenge":
            return Answer(412, "text/html; charset=utf-8", CHALLENGE.encode())
        if path == "/robots.txt":
            lines = "".join(f"Disallow: {p}\n" for p in site.forbids)
            return Answer(200, "text/plain", f"User-agent: *\n{lines}".encode())
        file = self.files.get(host + path)
        if file is not None:
            return file
        if host != site.host:
            return GONE
        web = self.webs[site.id]
        return web.post(path, body) if method == "POST" else web.get(path, query)


class _Server(http.server.ThreadingHTTPServer):
    """Says nothing of visitors who leave in the middle."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Names(BaseResolver):  # type: ignore[misc]
    """AAAA as planted; NODATA where none is; SERVFAIL where the first resolver is broken for that name."""

    def __init__(self, farm: Farm) -> None:
        self.farm = farm

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        """One answer."""
        reply = request.reply()
        name = str(request.q.qname).rstrip(".")
        kind = QTYPE[request.q.qtype]
        site = next((s for s in self.farm.served if name in (s.host, s.second_host)), None)
        if name == CONTROL:
            if kind == "AAAA":
                reply.add_answer(RR(name, QTYPE.AAAA, rdata=AAAA("2400:3200::1"), ttl=60))
        elif site is None:
            reply.header.rcode = RCODE.NXDOMAIN
        elif site.servfail:
            reply.header.rcode = RCODE.SERVFAIL
        elif kind == "AAAA":
            for address in site.aaaa:
                reply.add_answer(RR(name, QTYPE.AAAA, rdata=AAAA(address), ttl=60))
        elif kind == "A":
            reply.add_answer(RR(name, QTYPE.A, rdata=A("192.0.2.1"), ttl=60))
        return reply

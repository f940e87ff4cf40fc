"""The tests' DNS: two resolvers that answer as the cases plant, and the name servers of the cases' zones."""

from __future__ import annotations

import time
from typing import Any

from dnslib import AAAA, CNAME, NS, QTYPE, RCODE, RR, SOA, A, DNSError, DNSHeader, DNSQuestion, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer

from tests.netns.cases import CASES, CONTROLS, SERVERS, Case, Server

QUIET = DNSLogger("-request,-reply,-truncated,-error")


def serve_dns(resolver: BaseResolver, address: str, port: int = 53) -> int:
    """UDP and TCP at one port, which the kernel chooses for 0."""
    for tcp in (False, True):
        server = DNSServer(resolver, address=address, port=port, tcp=tcp, logger=QUIET, handler=_Handler)
        port = int(server.server.server_address[1])
        server.start_thread()
    return port


class _Handler(DNSHandler):  # type: ignore[misc]
    """Cuts what a case wants cut over UDP; keeps silent where the resolver gives nothing."""

    def get_reply(self, data: bytes) -> bytes:
        request = DNSRecord.parse(data)
        reply = self.server.resolver.resolve(request, self)
        if getattr(reply, "cut", "") == "whole" and self.protocol == "tcp":
            raise DNSError("nothing over TCP")
        if getattr(reply, "cut", "") and self.protocol == "udp":
            head = DNSHeader(id=request.header.id, bitmap=reply.header.bitmap, qr=1, tc=1, ra=1)
            return bytes(DNSRecord(head, q=DNSQuestion(request.q.qname, request.q.qtype)).pack())
        return bytes(reply.pack())


class Names:
    """All that is planted, by name."""

    def __init__(self) -> None:
        self.cases = {c.host: c for c in CASES}
        self.fixed: dict[tuple[str, str], list[str]] = {}
        for host, four, six in CONTROLS:
            self.fixed[host, "A"], self.fixed[host, "AAAA"] = [four], [six]
        for s in SERVERS:
            self.fixed[s.name, "A"], self.fixed[s.name, "AAAA"] = list(s.four), list(s.six)

    def resolver(self, address: str) -> BaseResolver:
        """One of the two, for whom a case may answer otherwise."""
        return _Recursive(self, address)

    def authority(self, server: Server) -> BaseResolver:
        """A name server of some zones."""
        return _Authority(server)


def _soa(reply: DNSRecord, zone: str) -> None:
    reply.add_auth(RR(zone, QTYPE.SOA, rdata=SOA("ns1.test.example", "hostmaster.test.example"), ttl=60))


def _put(reply: DNSRecord, name: str, kind: str, values: list[str]) -> None:
    make: Any = {"A": A, "AAAA": AAAA, "NS": NS, "CNAME": CNAME}[kind]
    for v in values:
        reply.add_answer(RR(name, getattr(QTYPE, kind), rdata=make(v), ttl=60))


class _Recursive(BaseResolver):  # type: ignore[misc]
    def __init__(self, names: Names, address: str) -> None:
        self.names = names
        self.address = address

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        """One answer."""
        reply = request.reply(aa=0)
        name, kind = str(request.q.qname).rstrip(".").lower(), QTYPE[request.q.qtype]
        case = self.names.cases.get(name)
        zone = _zone(name)
        if kind == "NS":
            servers = [s.name for s in SERVERS if name in s.zones]
            if servers:
                _put(reply, name, "NS", servers)
            else:
                _soa(reply, zone)
        elif (name, kind) in self.names.fixed:
            _put(reply, name, kind, self.names.fixed[name, kind])
            if not self.names.fixed[name, kind]:
                _soa(reply, zone)
        elif case is not None:
            self._case(case, name, kind, reply)
        elif zone in {c.zone for c in CASES if c.wildcard}:
            _put(reply, name, kind, ["101.226.9.9"] if kind == "A" else ["2400:3200:15:9::9"])
        else:
            reply.header.rcode = RCODE.NXDOMAIN
            _soa(reply, zone)
        return reply

    def _case(self, case: Case, name: str, kind: str, reply: DNSRecord) -> None:
        manner = case.dns if isinstance(case.dns, str) else case.dns[self.address]
        if manner == "timeout" and kind == "AAAA":
            time.sleep(3)
        if manner in ("servfail", "nxdomain", "refused") and (kind == "AAAA" or manner == "nxdomain"):
            reply.header.rcode = {"servfail": RCODE.SERVFAIL, "nxdomain": RCODE.NXDOMAIN, "refused": RCODE.REFUSED}[manner]
            return
        if manner == "loop" and kind == "AAAA":
            _put(reply, name, "CNAME", ["one.loop.example"])
            _put(reply, "one.loop.example", "CNAME", [name])
            return
        owner = name
        for alias in case.chain:
            _put(reply, owner, "CNAME", [alias])
            owner = alias
        found = list(case.four if kind == "A" else case.six if kind == "AAAA" else ())
        _put(reply, owner, kind, found) if found else _soa(reply, _zone(owner))
        if manner in ("cut", "cut_whole"):
            reply.cut = "whole" if manner == "cut_whole" and kind == "AAAA" else "once"


def _zone(name: str) -> str:
    return ".".join(name.split(".")[-2:])


class _Authority(BaseResolver):  # type: ignore[misc]
    def __init__(self, server: Server) -> None:
        self.server = server

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        """SOA with authority; or, for a lame server, what such servers say."""
        reply = request.reply(aa=1, ra=0)
        if self.server.lame == "silent":
            time.sleep(3)
        elif self.server.lame:
            reply.header.aa = 0
            reply.header.rcode = getattr(RCODE, self.server.lame)
        else:
            name = str(request.q.qname).rstrip(".")
            reply.add_answer(RR(name, QTYPE.SOA, rdata=SOA("ns1.test.example", "hostmaster.test.example"), ttl=60))
        return reply

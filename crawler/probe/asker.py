"""Questions to DNS servers over UDP, very many at a time through few sockets; over TCP where an answer is cut.

Each server has a connected socket of its own, so that the kernel drops what others send; the message number is random
and the question is compared. Measured against dnspython and aiodns by bench/resolvers.py.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
import struct
import time
from dataclasses import dataclass
from typing import Any, cast

from crawler.probe.message import Answer, MalformedAnswer, question, read

TIMEOUT = 4.0  # seconds a try; public resolvers answer in well under one
TRIES = 2
AT_ONCE = 128  # questions under way to one server: more overflow its socket, and ours
CHAIN = 12  # CNAMEs followed; resolvers follow about as many
KNOWN = {"NXDOMAIN": "nxdomain", "SERVFAIL": "servfail", "REFUSED": "refused"}


@dataclass(frozen=True, slots=True)
class Resolver:
    """address and port; ``223.5.5.5`` or ``127.0.0.1:5353`` or ``[::1]:5353``."""

    address: str
    port: int = 53

    @classmethod
    def of(cls, text: str) -> Resolver:
        """From its spelling in sites.toml."""
        if text.startswith("["):
            address, _, port = text[1:].partition("]")
            return cls(address, int(port.lstrip(":") or 53))
        if text.count(":") == 1:
            address, _, port = text.partition(":")
            return cls(address, int(port))
        return cls(text)

    def __str__(self) -> str:
        return self.address if self.port == 53 else f"{self.address}:{self.port}"


class NoAnswer(Exception):
    """timeout, unreachable or malformed, as its first argument; what is known of it as its second."""


class _Line(asyncio.DatagramProtocol):
    """One socket to one server. waiting: message number -> its answer to come."""

    def __init__(self) -> None:
        self.waiting: dict[int, asyncio.Future[bytes]] = {}
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        done = self.waiting.get(int.from_bytes(data[:2], "big"))
        if done is not None and not done.done():
            done.set_result(data)

    def error_received(self, exc: Exception) -> None:
        for done in self.waiting.values():
            if not done.done():
                done.set_exception(NoAnswer("unreachable", str(exc)[:200]))


class Asker:
    """``async with Asker() as dns: await dns.ask(resolver, name)``. timeout: seconds a try."""

    def __init__(self, timeout: float = TIMEOUT, tries: int = TRIES) -> None:
        self.timeout = timeout
        self.tries = tries
        self._lines: dict[Resolver, asyncio.Future[_Line]] = {}
        self._turns: dict[Resolver, asyncio.Semaphore] = {}

    async def __aenter__(self) -> Asker:
        return self

    async def __aexit__(self, *exc: object) -> None:
        for line in self._lines.values():
            if line.done() and not line.cancelled() and line.exception() is None:
                transport = line.result().transport
                if transport is not None:
                    transport.close()
        self._lines.clear()

    async def ask(self, server: Resolver, name: str, kind: str = "AAAA", *, recurse: bool = True) -> dict[str, Any]:
        """What one server says: answer, addresses, chain, raw and how long it took.

        answer: addresses, nodata, nxdomain, servfail, refused, error (another code), loop (CNAMEs that lead back),
        truncated (cut, and no answer over TCP), malformed, timeout or unreachable. Only nodata and nxdomain are evidence
        of absence. addresses: values of the records of the kind, sorted. chain: the CNAMEs on the way. raw: the message
        as received, in base64. tcp: set where the answer was cut over UDP and had whole over TCP.
        """
        began = time.perf_counter()
        chain: list[str] = []
        raws: list[str] = []
        out: dict[str, Any] = {}
        for _ in range(CHAIN):
            try:
                answer, data, tcp = await self._exchange(server, chain[-1] if chain else name, kind, recurse)
            except NoAnswer as exc:
                out = {"answer": exc.args[0], "addresses": [], "detail": exc.args[1]}
                break
            raws.append(base64.b64encode(b"\0\0" + data[2:]).decode())  # without the number, which is ours
            found, more, onward = _final(answer, chain[-1] if chain else name.rstrip(".").lower(), kind)
            loops = len(set(chain + more)) < len(chain + more) or name.rstrip(".").lower() in more
            chain += more
            if loops:
                out = {"answer": "loop", "addresses": []}
                break
            if onward and answer.rcode == "NOERROR" and recurse:
                continue
            word = "addresses" if found else "nodata" if answer.rcode == "NOERROR" else KNOWN.get(answer.rcode, "error")
            out = {"answer": word, "addresses": found}
            if word == "nodata" and recurse and not answer.recursive and not answer.authoritative:
                out["answer"] = "refused"  # it points elsewhere or says nothing: this is no resolver
            soa = next((o for o, k, _ in (*answer.records, *answer.authority) if k == "SOA"), None)
            out |= {"rcode": answer.rcode, "aa": answer.authoritative, "ra": answer.recursive,
                    **({"zone": soa} if soa is not None else {}), **({"tcp": True} if tcp else {})}
            break
        else:
            out = {"answer": "loop", "addresses": []}
        return {**out, "chain": chain, "ms": round((time.perf_counter() - began) * 1000, 1), "raw": raws}

    async def _exchange(self, server: Resolver, name: str, kind: str, recurse: bool) -> tuple[Answer, bytes, bool]:
        why = NoAnswer("timeout", f"{self.tries} × {self.timeout} s")
        for _ in range(self.tries):
            try:
                asked, data = await self._once(server, name, kind, recurse)
                answer = read(asked, data)
                if not answer.truncated:
                    return answer, data, False
                data = await self._over_tcp(server, asked)
                return read(asked, data), data, True
            except MalformedAnswer as exc:
                why = NoAnswer("malformed", str(exc))
            except (ValueError, UnicodeError) as exc:  # no name that DNS can hold
                raise NoAnswer("malformed", str(exc)[:200]) from exc
            except NoAnswer as exc:
                why = exc
        raise why

    async def _once(self, server: Resolver, name: str, kind: str, recurse: bool) -> tuple[bytes, bytes]:
        turns = self._turns.get(server)
        if turns is None:
            turns = self._turns[server] = asyncio.Semaphore(AT_ONCE)
        async with turns:
            return await self._send(server, name, kind, recurse)

    async def _send(self, server: Resolver, name: str, kind: str, recurse: bool) -> tuple[bytes, bytes]:
        line = await self._line(server)
        while (ident := secrets.randbits(16)) in line.waiting:
            await asyncio.sleep(0)
        asked = question(ident, name, kind, recurse)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[bytes] = loop.create_future()
        line.waiting[ident] = done
        late = loop.call_later(self.timeout, _give_up, done, self.timeout)
        try:
            assert line.transport is not None
            line.transport.sendto(asked)
            return asked, await done
        finally:
            late.cancel()
            del line.waiting[ident]

    async def _line(self, server: Resolver) -> _Line:
        known = self._lines.get(server)
        if known is None:
            known = self._lines[server] = asyncio.ensure_future(self._connect(server))
        return known.result() if known.done() else await asyncio.shield(known)

    async def _connect(self, server: Resolver) -> _Line:
        try:
            _, line = await asyncio.get_running_loop().create_datagram_endpoint(_Line, remote_addr=(server.address, server.port))
        except OSError as exc:
            raise NoAnswer("unreachable", str(exc)[:200]) from exc
        return line

    async def _over_tcp(self, server: Resolver, asked: bytes) -> bytes:
        try:
            async with asyncio.timeout(self.timeout):
                reader, writer = await asyncio.open_connection(server.address, server.port)
                try:
                    writer.write(struct.pack(">H", len(asked)) + asked)
                    size = struct.unpack(">H", await reader.readexactly(2))[0]
                    return await reader.readexactly(size)
                finally:
                    writer.close()
        except (OSError, TimeoutError, EOFError) as exc:
            raise NoAnswer("truncated", f"cut over UDP, and over TCP {type(exc).__name__}") from exc


def _give_up(done: asyncio.Future[bytes], seconds: float) -> None:
    if not done.done():
        done.set_exception(NoAnswer("timeout", f"{seconds} s"))


def _final(answer: Answer, name: str, kind: str) -> tuple[list[str], list[str], bool]:
    """Values of the kind at the end of the CNAMEs, the names on the way, and whether its end must be asked for."""
    alias = {o: v for o, k, v in answer.records if k == "CNAME"} if kind != "CNAME" else {}
    chain: list[str] = []
    at = name
    while at in alias and len(chain) <= len(alias):
        at = alias[at]
        chain.append(at)
    found = sorted({v for o, k, v in answer.records if k == kind and o == at})
    ended = found or any(k == "SOA" for _, k, _ in answer.authority) or answer.rcode != "NOERROR"
    return found, chain, bool(chain) and not ended

"""One GET at one address under a host's name, timed, without anything that a browser would do to help it along.

The address is given, so that no other family is ever tried (RFC 8305 would fall back silently). A certificate that is
not valid is told and the page is asked for all the same: whether it answers and whether it is trusted are two facts.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import time
from dataclasses import dataclass
from typing import Any

from crawler.probe.tls import described, strict, tolerant

TIMEOUT = 15.0  # seconds a visit: 国办秘函〔2019〕19号, 站点无法访问: 15秒内打不开
MAX_BODY = 2 << 20  # bytes; a home page above it is compared by its beginning
_HEAD = 64 << 10
KEPT = ("server", "location", "content-type", "strict-transport-security", "date", "via", "x-cache")


@dataclass(frozen=True, slots=True)
class Got:
    """said: answer (ok, refused, reset, timeout, tls, unreachable, garbage) with all that was learned; body: its bytes."""

    said: dict[str, Any]
    body: bytes = b""


async def get(address: str, port: int, host: str, path: str, secure: bool, agent: str, method: str = "GET",
              timeout: float = TIMEOUT) -> Got:
    """One request; never raises for what the network or the server does."""
    began = time.perf_counter()
    out: dict[str, Any] = {"address": address, "port": port}
    body = b""
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await _open(address, port, host, secure, out, began)
            try:
                name = f"[{host}]" if ":" in host else host
                writer.write(f"{method} {path} HTTP/1.1\r\nHost: {name}\r\nUser-Agent: {agent}\r\nAccept: */*\r\n"
                             "Accept-Encoding: identity\r\nConnection: close\r\n\r\n".encode())
                await writer.drain()
                body = await _answer(reader, method, out, began)
            finally:
                writer.close()
    except TimeoutError:
        out["answer"] = "timeout" if "status" not in out else "slow"
    except ssl.SSLError as exc:
        out |= {"answer": "tls", "detail": str(exc)[:200]}
    except ConnectionRefusedError as exc:
        out |= {"answer": "refused", "detail": str(exc)[:200]}
    except (ConnectionError, asyncio.IncompleteReadError) as exc:
        out |= {"answer": "reset", "detail": f"{type(exc).__name__}"}
    except (ValueError, asyncio.LimitOverrunError) as exc:
        out |= {"answer": "garbage", "detail": str(exc)[:200]}
    except OSError as exc:
        out |= {"answer": "unreachable", "detail": str(exc)[:200]}
    out["ms"] = round((time.perf_counter() - began) * 1000, 1)
    if body:
        out |= {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
    return Got(out, body)


async def knock(address: str, port: int, timeout: float = TIMEOUT) -> str:
    """Whether anything listens at an address: ok, refused, timeout or unreachable; nothing is sent."""
    try:
        async with asyncio.timeout(timeout):
            _, writer = await asyncio.open_connection(address, port)
            writer.close()
    except TimeoutError:
        return "timeout"
    except ConnectionRefusedError:
        return "refused"
    except OSError:
        return "unreachable"
    return "ok"


async def _open(address: str, port: int, host: str, secure: bool, out: dict[str, Any],
                began: float) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect; over TLS with the chain verified, and again without where it is not valid."""
    if not secure:
        streams = await asyncio.open_connection(address, port, limit=_HEAD)
        out["connect_ms"] = round((time.perf_counter() - began) * 1000, 1)
        return streams
    try:
        streams = await asyncio.open_connection(address, port, limit=_HEAD, ssl=strict(), server_hostname=host)
        out["tls"] = {"verified": True}
    except ssl.SSLCertVerificationError as exc:
        streams = await asyncio.open_connection(address, port, limit=_HEAD, ssl=tolerant(), server_hostname=host)
        out["tls"] = {"verified": False, "code": exc.verify_code, "why": exc.verify_message}
    except (ssl.SSLError, ConnectionError) as exc:
        if isinstance(exc, ConnectionRefusedError):
            raise
        # what OpenSSL does not speak by itself any more: old versions, short keys, old renegotiation; some just hang up on it
        streams = await asyncio.open_connection(address, port, limit=_HEAD, ssl=tolerant(), server_hostname=host)
        out["tls"] = {"verified": False, "code": None, "why": f"outdated: {getattr(exc, 'reason', None) or type(exc).__name__}"}
    out["connect_ms"] = round((time.perf_counter() - began) * 1000, 1)
    out["tls"] |= described(streams[1].get_extra_info("ssl_object"))
    return streams


async def _answer(reader: asyncio.StreamReader, method: str, out: dict[str, Any], began: float) -> bytes:
    line = (await reader.readline()).decode("latin-1").strip()
    out["first_byte_ms"] = round((time.perf_counter() - began) * 1000, 1)
    if not line:
        out["answer"] = "reset"
        return b""
    if not line.startswith("HTTP/") or len(line.split()) < 2 or not line.split()[1].isdigit():
        raise ValueError(f"no HTTP: {line[:80]!r}")
    headers: dict[str, str] = {}
    while (raw := await reader.readline()).strip():
        name, _, value = raw.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip()[:500])
        if len(headers) > 200:
            raise ValueError("too many headers")
    out |= {"answer": "ok", "status": int(line.split()[1]), "headers": {k: headers[k] for k in KEPT if k in headers}}
    return b"" if method == "HEAD" else await _body(reader, headers)


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    """The body up to MAX_BODY; what is cut short is still what was shown."""
    out = bytearray()
    if "chunked" in headers.get("transfer-encoding", "").lower():
        while len(out) < MAX_BODY and (size := int((await reader.readline()).split(b";")[0].strip() or b"0", 16)):
            out += await reader.readexactly(min(size, MAX_BODY))
            await reader.readline()
        return bytes(out[:MAX_BODY])
    left = min(int(headers["content-length"]) if headers.get("content-length", "").isdigit() else MAX_BODY, MAX_BODY)
    while left > 0 and (chunk := await reader.read(min(left, 1 << 16))):
        out += chunk
        left -= len(chunk)
    return bytes(out)

"""Facts of probes in a line each, for the table that `gongkai probe` prints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crawler.probe.history import days_left


def said(kind: str, value: dict[str, Any], at: datetime) -> str:
    """What one fact says."""
    answer = str(value.get("answer", ""))
    if kind in ("dns.a", "dns.aaaa"):
        chain = f"  via {' → '.join(value['chain'])}" if value.get("chain") else ""
        doubt = "" if value.get("proved") else "  (resolver not proved by the control name)"
        return f"{', '.join(value.get('addresses', ())) or answer}  @{value['resolver']}{chain}{doubt}"
    if kind == "dns.ns":
        if answer != "ok":
            return answer
        return f"{value['zone']}: " + "; ".join(_server(s) for s in value["servers"]) + ("; wildcard" if value.get("wildcard") else "")
    if kind in ("http4.home", "http6.home"):
        return f"{_http(value)}{_hops(value)}" if answer == "ok" else _with(answer, value)
    if kind == "same.home":
        return f"text {value['text']:.0%}, structure {value['structure']:.0%}, status {value['status4']}/{value['status6']}"
    if kind.startswith("tls"):
        return _tls(value, at) if "tls" in value else _with(answer, value)
    if kind.startswith("links6."):
        if answer != "ok":
            return f"{answer}  (of {value['of']} links)"
        return f"{value['opened']} of {value['n']} open over IPv6  (of {value['of']} links, {value['broken']} broken anyway)"
    if kind == "links.outside":
        hosts = value["hosts"].values()
        gone = [h for h, x in value["hosts"].items() if x["gone"]]
        more = f"; gone: {', '.join(gone[:3])}" if gone else ""
        more += f"; {len(value['suspicious'])} SUSPICIOUS" if value["suspicious"] else ""
        return f"{sum(bool(x['aaaa']) for x in hosts)} of {len(hosts)} other hosts have AAAA{more}"
    if kind == "identity.home":
        return _marks(value) if answer == "read" else answer
    if kind == "search.home":
        return _with(answer, {"detail": value.get("title") or value.get("why", "")})
    return _with(answer, value)


def _with(answer: str, value: dict[str, Any]) -> str:
    return f"{answer}  {value['detail']}" if value.get("detail") else answer


def _http(value: dict[str, Any]) -> str:
    return f"{value['status']}  {value.get('first_byte_ms', 0):.0f} ms  {value['url']}  [{value['address']}]"


def _hops(value: dict[str, Any]) -> str:
    return f"  after {len(value['hops'])} redirects" if value.get("hops") else ""


def _server(server: dict[str, Any]) -> str:
    asked = ", ".join(f"{a} {x['answer']}" for a, x in server["asked"].items())
    return f"{server['name']} ({asked or 'no address'})"


def _tls(value: dict[str, Any], at: datetime) -> str:
    t = value["tls"]
    left = days_left(value, at)
    trust = "trusted" if t["verified"] else f"NOT trusted: {t.get('why', '')}"
    old = [n for n, yes in value.get("versions", {}).items() if yes and n in ("TLSv1", "TLSv1.1")]
    outdated = f"; also {', '.join(old)}" if old else ""
    sts = "; HSTS" if value.get("headers", {}).get("strict-transport-security") else ""
    return f"{t.get('version')}  {trust}; ends in {left} days{outdated}{sts}"


def _marks(value: dict[str, Any]) -> str:
    named = {"code": value["code"] or value["code_meta"], "icp": value["icp"], "police": value["police"], "sponsor": value["sponsor"]}
    flags = [k for k in ("party", "mistakes", "contact", "sitemap") if value.get(k)]
    return "; ".join([*(f"{k} {v}" for k, v in named.items() if v), *flags]) or "none seen"


def table(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """Lines of (site, host, kind, words), a heading a site, kinds aligned."""
    out: list[str] = []
    at = ("", "")
    for site, host, kind, words in rows:
        if (site, host) != at:
            out.append(f"{site}  {host}")
            at = (site, host)
        out.append(f"  {kind:15}{words}")
    return "\n".join(out)

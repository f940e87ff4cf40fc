"""What changed between two probes of a host, and when a certificate ends: told, not judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

Values = Iterable[dict[str, Any]]


def essence(kind: str, values: Values) -> dict[str, tuple[str, ...]]:
    """What of a kind's facts of one run is worth comparing, by what it is called; empty where nothing was learned."""
    out: dict[str, set[str]] = {}

    def add(name: str, items: Iterable[Any]) -> None:
        out.setdefault(name, set()).update(str(i) for i in items)

    for value in values:
        if kind in ("dns.a", "dns.aaaa") and value.get("answer") in ("addresses", "nodata", "nxdomain"):
            add("addresses", value["addresses"])
        elif kind == "dns.ns" and value.get("answer") == "ok":
            add("name servers", (s["name"] for s in value["servers"]))
        elif kind.startswith("tls") and "tls" in value:
            add("certificate", [str(value["tls"].get("sha256", ""))[:16]])
            add("trusted", [value["tls"].get("verified")])
        elif kind in ("http4.home", "http6.home") and value.get("answer") != "no_ipv6_here":
            add("answer", [value["answer"] if value["answer"] != "ok" else value["status"]])
        elif kind == "identity.home" and value.get("answer") == "read":
            add("site code", [value["code"] or value["code_meta"]])
    return {k: tuple(sorted(v)) for k, v in out.items()}


def changes(kind: str, before: Values, now: Values) -> list[str]:
    """``addresses: 192.0.2.1 → 192.0.2.7``; nothing where either run learned nothing."""
    old, new = essence(kind, before), essence(kind, now)
    return [f"{name}: {', '.join(old[name]) or 'none'} → {', '.join(new[name]) or 'none'}"
            for name in sorted(old.keys() & new.keys()) if old[name] != new[name]]


def days_left(value: dict[str, Any], now: datetime) -> int | None:
    """Whole days until the certificate of a ``tls`` fact ends; negative where it has; None where there is none."""
    end = value.get("tls", {}).get("not_after")
    return (datetime.fromisoformat(end) - now).days if end else None

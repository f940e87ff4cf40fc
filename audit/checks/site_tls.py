"""HTTPS of the site: is it there, is its certificate valid, whose is it, when does it end, which versions of TLS does it speak?

family: 4, or 6 for the handshake over IPv6.
pass: a chain that this machine's roots verify, in the site's name, good for longer than ``warn_days``, by TLS 1.2 or newer.
partial: it ends within ``warn_days``; outdated versions are offered too (RFC 8996); the chain could not be completed or ends in a
root that we do not know (some certificates of national authorities are not in common stores).
fail, on two nights: expired, self-signed, of another name, only outdated versions, or nothing answers at port 443 while the
site answers over HTTP.
unknown: not probed, one night only, no IPv6 here, no answer for another reason.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from audit.checks._probes import BROKEN, day, in_window, informed, newest_each_day, shown, why
from audit.dating import CHINA
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from audit.wording import REASONS
from db.facts import ProbeFact
from db.words import Question, Reason, Status

_EXPIRED, _NOT_YET, _SELF, _SELF_IN_CHAIN, _MISMATCH = 10, 9, 18, 19, 62  # X509_V_ERR_* of OpenSSL
_OLD = ("SSLv3", "TLSv1", "TLSv1.1")


class Params(Parameters):
    """warn_days: how long before its end a certificate is spoken of. nights: on how many days a fault must be seen."""

    family: Literal[4, 6] = 4
    warn_days: int = 30
    nights: int = 2


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of pages."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    probes = in_window(view, duty, f"tls{params.family}.home")
    if isinstance(probes, Finding):
        return probes
    each = newest_each_day(informed(probes))
    last = each[-1]
    status, reason, words = _one(view, last, params)
    if status is Status.FAIL:
        days = {day(p) for p in each if _one(view, p, params)[:2] == (status, reason)}
        if len(days) < params.nights:
            return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"{words}；须另一日再试", _as(last))
    return Finding(status, reason, words, _as(last))


def _one(view: SiteView, probe: ProbeFact, params: Params) -> tuple[Status, Reason, str]:
    """What one probe says."""
    v = probe.value
    if "tls" not in v:
        return _no_tls(view, probe)
    t: dict[str, Any] = v["tls"]
    if t.get("version") in _OLD:
        return Status.FAIL, Reason.TLS_OUTDATED, f"只支持过时的{t['version']}"
    end = datetime.fromisoformat(t["not_after"]) if t.get("not_after") else None
    left = (end - probe.at).days if end is not None else None
    until = f"{end.astimezone(CHINA).date()}到期" if end is not None else ""
    if end is not None and end <= probe.at:
        return Status.FAIL, Reason.CERTIFICATE_EXPIRED, f"证书已于{end.astimezone(CHINA).date()}到期"
    if not t["verified"]:
        if t.get("code") == _MISMATCH:
            return Status.FAIL, Reason.CERTIFICATE_OF_ANOTHER, f"证书属于{'、'.join(t.get('names', ())[:3]) or t.get('common_name', '')}，不属于{probe.host}"
        if t.get("code") == _SELF or (t.get("self_signed") and t.get("code") == _SELF_IN_CHAIN):
            return Status.FAIL, Reason.CERTIFICATE_UNTRUSTED, "证书为自签名"
        return Status.PARTIAL, Reason.CERTIFICATE_UNTRUSTED, f"证书链未能验证（{t.get('why', '')}）：可能缺少中间证书，或根证书不在本机信任之列"
    if left is not None and left < params.warn_days:
        return Status.PARTIAL, Reason.CERTIFICATE_ENDING, f"证书{until}，只剩{left}天"
    old = [n for n, yes in v.get("versions", {}).items() if yes and n in _OLD]
    if old:
        return Status.PARTIAL, Reason.TLS_OUTDATED, f"证书有效（{until}），但仍接受过时的{'、'.join(old)}"
    extra = "，启用HSTS" if v.get("headers", {}).get("strict-transport-security") else ""
    return Status.PASS, Reason.CERTIFICATE_GOOD, f"证书有效，{until}，{t.get('version')}{extra}"


def _no_tls(view: SiteView, probe: ProbeFact) -> tuple[Status, Reason, str]:
    """No handshake: nobody listens, or it cannot be told."""
    answer = probe.value.get("answer")
    if answer == "no_ipv6_here":
        return Status.UNKNOWN, Reason.NO_IPV6_HERE, "探测所在机器没有IPv6网络"
    if answer in ("no_address", "not_public"):
        return Status.NOT_APPLICABLE, Reason.NO_AAAA if probe.kind == "tls6.home" else Reason.NO_A, "没有该类公网地址"
    plain = [p for p in view.newest_probes(probe.kind.replace("tls", "http")) if day(p) == day(probe)]
    alive = any(p.value.get("answer") == "ok" and str(p.value.get("url", "")).startswith("http://") for p in plain)
    if answer in BROKEN and alive and probe.value.get("controls_ok"):
        return Status.FAIL, Reason.NO_TLS, f"HTTP可以访问，443端口没有可用的HTTPS（{answer}）"
    return Status.UNKNOWN, why(answer), f"{REASONS[why(answer)]}，不能判断HTTPS"


def _as(probe: ProbeFact) -> tuple[Evidence, ...]:
    t = probe.value.get("tls", {})
    words = f"{t.get('version')} {t.get('why', '')} {t.get('issuer', '')} {t.get('not_after', '')} sha256={t.get('sha256', '')}" if t else ""
    return shown([probe], words)

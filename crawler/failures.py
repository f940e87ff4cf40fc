"""Exceptions of a download to reason codes: what failed, in our own words."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from twisted.internet import error
from twisted.web.client import ResponseFailed

from crawler.guard import GuardedAddress
from db.words import Reason


def reason_of(exc: BaseException) -> tuple[Reason, str]:
    """(reason, detail) of a failed download."""
    text = f"{type(exc).__name__}: {exc}"[:500]
    low = text.lower()
    if isinstance(exc, GuardedAddress) or "guardedaddress" in low:
        return Reason.GUARDED, text
    if isinstance(exc, error.TimeoutError | error.TCPTimedOutError | TimeoutError) or "timeout" in low or "timed out" in low:
        return Reason.TIMEOUT, text
    if isinstance(exc, error.DNSLookupError) or "dns" in low or "resolve" in low:
        return Reason.DNS, text
    if "ssl" in low or "tls" in low or "certificate" in low:
        return Reason.TLS, text
    if "maxsize" in low or "larger than" in low or "max size" in low or "cancelled" in low:
        return Reason.TOO_LARGE, text
    if isinstance(exc, error.ConnectionRefusedError | error.ConnectError | error.ConnectionLost | error.ConnectionDone):
        return Reason.REFUSED, text
    if isinstance(exc, ResponseFailed):
        return Reason.REFUSED, text
    if isinstance(exc, IgnoreRequest):
        return Reason.TOO_LARGE, text
    return Reason.REFUSED, text

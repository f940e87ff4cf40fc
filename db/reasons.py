"""Why something could not be read or judged, and whose fault that is: a closed list."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Whose fault it is that something could not be read."""

    SITE = "site"
    NETWORK = "network"
    OURS = "ours"


class Reason(StrEnum):
    """Closed list of reason codes; machines count these, people read `words` beside them."""

    # why a page, attachment or host could not be read
    BLOCKED = "blocked"  # challenge or refusal (401, 403, 412, 429, 521, captcha, WAF page)
    TIMEOUT = "timeout"
    DNS = "dns"  # the name does not resolve (NXDOMAIN, NODATA)
    RESOLVER = "resolver"  # the resolver failed us (SERVFAIL, no answer)
    REFUSED = "refused"  # connection refused or reset
    TLS = "tls"
    HTTP_ERROR = "http_error"  # 5xx
    GONE = "gone"  # 404, 410, or 200 that says so
    MOVED = "moved"  # site moved, closed or merged
    HIJACKED = "hijacked"
    ROBOTS = "robots"
    ROBOTS_UNREADABLE = "robots_unreadable"
    GUARDED = "guarded"  # our address guard refused to connect
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    BUDGET = "budget"
    NEEDS_RENDERING = "needs_rendering"
    NEEDS_LOGIN = "needs_login"
    UNREADABLE = "unreadable"  # bytes were had, but no reader could make text of them
    MOJIBAKE = "mojibake"
    SCANNED = "scanned"
    ENCRYPTED = "encrypted"
    HTML_INSTEAD = "html_instead"  # an attachment whose bytes are an HTML error page
    LIST_CAPPED = "list_capped"
    NOT_CAPTURED = "not_captured"
    NOT_SEARCHED = "not_searched"
    NOT_FETCHED = "not_fetched"  # known, allowed, not yet asked for
    # why a verdict is what it is
    ABSENT = "absent"
    OTHER_YEAR = "other_year"
    OTHER_BODY = "other_body"
    OTHER_KIND = "other_kind"  # of the category, and not the document that is asked for
    TITLE_ONLY = "title_only"
    ENTRANCE_ONLY = "entrance_only"
    WITHDRAWN = "withdrawn"
    NOT_VISIBLE = "not_visible"
    LATE = "late"
    STALE = "stale"
    NOT_DUE = "not_due"
    NOT_BOUND = "not_bound"
    FACT_SAYS_NO = "fact_says_no"
    FACT_UNSET = "fact_unset"
    DECLARED_NONE = "declared_none"
    NO_DATE = "no_date"
    NO_START = "no_start"
    NO_LIMIT = "no_limit"
    BULK_DATE = "bulk_date"
    OBSERVED_TOO_EARLY = "observed_too_early"
    OBSERVED_TOO_LATE = "observed_too_late"
    AFTER_AS_OF = "after_as_of"
    FIELDS_MISSING = "fields_missing"
    TOO_FEW = "too_few"
    NOT_UPDATED = "not_updated"
    PUBLISHED = "published"
    PUBLISHED_IN_TIME = "published_in_time"
    # probes
    NO_IPV6_HERE = "no_ipv6_here"
    AAAA_PRESENT = "aaaa_present"
    NO_AAAA = "no_aaaa"
    AAAA_NOT_PUBLIC = "aaaa_not_public"
    AAAA_BUT_UNREACHABLE = "aaaa_but_unreachable"
    NOT_PROBED = "not_probed"
    ONE_NIGHT_ONLY = "one_night_only"
    REACHABLE = "reachable"
    NO_A = "no_a"  # reached over IPv6 only: nothing to compare with
    LAME = "lame"  # a name server without authority for the zone that names it
    SAME_CONTENT = "same_content"
    CONTENT_DIFFERS = "content_differs"
    OTHER_SITE = "other_site"  # another site's page answers
    SUPPORTED = "supported"
    STRADDLES = "straddles"  # the interval holds the limit
    NO_TLS = "no_tls"
    TLS_OUTDATED = "tls_outdated"
    CERTIFICATE_GOOD = "certificate_good"
    CERTIFICATE_ENDING = "certificate_ending"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    CERTIFICATE_OF_ANOTHER = "certificate_of_another"
    # the health of a site
    DOWN = "down"
    UPDATED = "updated"
    EMPTY = "empty"
    UNANSWERED = "unanswered"
    FUTURE_DATE = "future_date"
    DUPLICATE = "duplicate"
    DEAD_LINKS = "dead_links"
    IN_ORDER = "in_order"
    SEARCH_FAILS = "search_fails"
    DOMAIN_RULE = "domain_rule"


_FAULTS: dict[Reason, Fault] = {
    **dict.fromkeys(
        (
            Reason.BLOCKED,
            Reason.HTTP_ERROR,
            Reason.TLS,
            Reason.GONE,
            Reason.MOVED,
            Reason.HIJACKED,
            Reason.ROBOTS,
            Reason.ROBOTS_UNREADABLE,
            Reason.NEEDS_LOGIN,
            Reason.UNREADABLE,
            Reason.MOJIBAKE,
            Reason.SCANNED,
            Reason.ENCRYPTED,
            Reason.HTML_INSTEAD,
            Reason.LIST_CAPPED,
            Reason.NO_DATE,
            Reason.NO_START,
            Reason.BULK_DATE,
            Reason.FIELDS_MISSING,
        ),
        Fault.SITE,
    ),
    **dict.fromkeys(
        (Reason.TIMEOUT, Reason.REFUSED, Reason.DNS, Reason.RESOLVER, Reason.TRUNCATED), Fault.NETWORK
    ),
    **dict.fromkeys(
        (
            Reason.GUARDED,
            Reason.TOO_LARGE,
            Reason.BUDGET,
            Reason.NEEDS_RENDERING,
            Reason.NOT_CAPTURED,
            Reason.NOT_SEARCHED,
            Reason.NOT_FETCHED,
            Reason.NO_IPV6_HERE,
            Reason.NOT_PROBED,
            Reason.ONE_NIGHT_ONLY,
            Reason.STRADDLES,
            Reason.OBSERVED_TOO_EARLY,
            Reason.OBSERVED_TOO_LATE,
            Reason.FACT_UNSET,
            Reason.NO_LIMIT,
        ),
        Fault.OURS,
    ),
}


def fault_of(reason: Reason | None) -> Fault | None:
    """Whose fault a reason is; None for reasons that are nobody's (a verdict's own ground)."""
    return _FAULTS.get(reason) if reason is not None else None

"""Do the site's names keep the rules for government domains: suffix, www for portals, no second live name?

pass: every own host ends in one of ``suffixes``, a portal's (municipal, district) begins with www, and there is one own name.
partial: more than one own name is live (columns and systems should be paths of the same name). fail: a suffix that is not allowed.
Hosts are those of the site's row, and where its home page led; the row is the evidence.
Source: 国办函〔2018〕55号; 国办发〔2017〕47号; DOMAIN.md section 3.4.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from db.words import Level, Question, Reason, Role, Status

NEEDS: tuple[()] = ()  # what is read anyway


class Params(Parameters):
    """See the module."""

    suffixes: tuple[str, ...] = (".gov.cn", ".政务", ".xn--zfr164b")  # the last is .政务 as DNS spells it


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    own = list(dict.fromkeys((urlsplit(h.url).hostname or "").lower() for h in view.site.hosts if h.role is Role.OWN))
    shown = tuple(Evidence(f"http://{h}/", h, note=f"登记的网站域名（{view.site.source}，{view.site.read_on}）") for h in own)
    home = view.survey.resolve(view.survey.starts[0])[0] if view.survey.starts else None
    if home is not None:
        shown = (view.evidence(home, "首页"), *shown)
    wrong = [h for h in own if not h.endswith(params.suffixes)]
    if wrong:
        return Finding(Status.FAIL, Reason.DOMAIN_RULE, f"{'、'.join(wrong)}不是.gov.cn或.政务域名", shown, count=len(wrong))
    if view.site.level in (Level.MUNICIPAL, Level.DISTRICT) and not any(h.startswith("www.") or not h.isascii() for h in own):
        return Finding(Status.PARTIAL, Reason.DOMAIN_RULE, f"门户网站域名{'、'.join(own)}不以www开头", shown)
    if len([h for h in own if h.isascii()]) > 1:
        return Finding(Status.PARTIAL, Reason.DOMAIN_RULE, f"有{len(own)}个域名：{'、'.join(own)}，应只用一个英文域名", shown, count=len(own))
    return Finding(Status.PASS, Reason.IN_ORDER, f"域名{'、'.join(own)}合乎规范", shown)

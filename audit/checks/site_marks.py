"""Does the home page carry the marks that government sites must (网站标识码, ICP备案, 公安备案, 党政机关标识, 主办单位, 联系方式, 网站地图)?

``need``: which. pass: all were seen. partial: some were not: a mark drawn by picture or script is only seen by its link, so not seeing one
is told and never failed. The code shown, the one in the page's META and the one of the 找错 button must be the same
where they are there.
unknown: the home page's bytes were not read.
Source: DOMAIN.md section 3.4.
"""

from __future__ import annotations

from pydantic import field_validator

from audit.checks._probes import in_window
from audit.duty import Duty
from audit.model import Evidence, Finding, Parameters
from audit.view import SiteView
from db.facts import ProbeFact
from db.words import Question, Reason, Status

NAMES = {"code": "网站标识码", "icp": "ICP备案号", "police": "公安备案号", "party": "党政机关网站标识", "mistakes": "“我为政府网站找错”入口",
         "sponsor": "主办单位", "contact": "联系方式", "sitemap": "网站地图"}


class Params(Parameters):
    """See the module."""

    need: tuple[str, ...] = ("code", "icp", "police", "party", "sponsor", "contact")

    @field_validator("need")
    @classmethod
    def _marks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in NAMES:
                raise ValueError(f"no mark {name}; there are: {', '.join(NAMES)}")
        return value


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None: the home page is read for any."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    probes = in_window(view, duty, "identity.home")
    if isinstance(probes, Finding):
        return probes
    read = [p for p in probes if p.value.get("answer") == "read"]
    if not read:
        return Finding(Status.UNKNOWN, Reason.NOT_FETCHED, "首页未能读取，不知有无标识")
    last = read[-1]
    v = last.value
    there = [NAMES[n] + (f" {v[n]}" if isinstance(v[n], str) else "") for n in params.need if v.get(n) or (n == "code" and v.get("code_meta"))]
    missing = [NAMES[n] for n in params.need if not v.get(n) and not (n == "code" and v.get("code_meta"))]
    codes = {name: v[k] for k, name in (("code", "页面"), ("code_meta", "META"), ("code_mistakes", "找错入口")) if v.get(k)}
    if len(set(codes.values())) > 1:
        told = "，".join(f"{name}为{code}" for name, code in codes.items())
        return Finding(Status.PARTIAL, Reason.FIELDS_MISSING, f"网站标识码不一致：{told}", _as(last))
    if missing:
        return Finding(Status.PARTIAL, Reason.FIELDS_MISSING, f"首页见{'、'.join(there) or '无'}；未见{'、'.join(missing)}", _as(last), count=len(missing))
    return Finding(Status.PASS, Reason.IN_ORDER, f"首页见{'、'.join(there)}", _as(last), count=0)


def _as(probe: ProbeFact) -> tuple[Evidence, ...]:
    v = probe.value
    return (Evidence(str(v.get("url", "")), "首页", fetched=probe.at, sha256=v.get("sha256"), warc=v.get("warc") or probe.warc,
                     excerpt="；".join(f"{NAMES[k]} {v[k]}" for k in NAMES if v.get(k)), note="首页标识"),)

"""Where does the home page lead away to? Names that no longer exist, and links whose words no government site has.

pass: every host asked for has an address, and no link is suspicious. partial: a link speaks of betting and the like (hijacked: put there
by someone else, or its site was taken over), or two proved resolvers said on two nights that a host's name does not exist.
Whether a site was hijacked is for a person; both are shown with their words. unknown: not probed, or one night only.
Source: DOMAIN.md section 3.4; 国办秘函〔2019〕19号 单项否决: 链接反动、暴力、色情等内容 is a person's to pronounce.
"""

from __future__ import annotations

from audit.checks._probes import day, in_window, newest_each_day, shown
from audit.duty import Duty
from audit.model import Finding, Parameters
from audit.view import SiteView
from db.words import Question, Reason, Status

_SHOWN = 5


class Params(Parameters):
    """nights: on how many days a name must be gone."""

    nights: int = 2


def questions(params: Params, duty: Duty) -> tuple[Question, ...]:
    """None of its own."""
    return ()


def judge(view: SiteView, params: Params, duty: Duty) -> Finding:
    """See the module."""
    probes = in_window(view, duty, "links.outside")
    if isinstance(probes, Finding):
        return probes
    each = newest_each_day(probes)
    last = each[-1]
    suspicious = last.value["suspicious"]
    if suspicious:
        told = "；".join(f"“{x['words']}”→{x['url']}" for x in suspicious[:_SHOWN])
        return Finding(Status.PARTIAL, Reason.HIJACKED, f"首页有{len(suspicious)}个可疑外链，须人工核实：{told}", shown([last], told), count=len(suspicious))
    gone = {h: x for h, x in last.value["hosts"].items() if x["gone"]}
    sure = [h for h in gone if len({day(p) for p in each if p.value["hosts"].get(h, {}).get("gone")}) >= params.nights]
    told = "；".join(f"“{gone[h]['words']}”→{h}" for h in (sure or gone)) if gone else f"{len(last.value['hosts'])}个外部域名均可解析"
    if sure:
        return Finding(Status.PARTIAL, Reason.DEAD_LINKS, f"首页链接的{len(sure)}个外部域名已不存在：{told}", shown([last], told), count=len(sure))
    if gone:
        return Finding(Status.UNKNOWN, Reason.ONE_NIGHT_ONLY, f"首页链接的{len(gone)}个外部域名当日不存在，须另一日再查", shown([last], told), count=len(gone))
    return Finding(Status.PASS, Reason.IN_ORDER, f"首页链接的外部域名（查{len(last.value['hosts'])}个，共{last.value['of']}个）均可解析，未见可疑外链",
                   shown([last], told), count=0)

"""Marks that a government site's home page carries, read from its stored bytes (DOMAIN.md section 3.4).

国办发〔2017〕47号（政府网站发展指引）asks for the marks at the foot of the page: 党政机关网站标识, 网站标识码, ICP备案编号,
公安机关备案标识, 主办单位,
联系方式. A mark drawn by a picture or a script is only seen by its link; what is not seen is not said to be absent.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from lxml.etree import ParserError

from crawler.probe.same import decoded

_CODE = re.compile(r"(?:网站)?标识码\s*[:：]?\s*((?:bm)?\d{8,10})", re.I)
_ICP = re.compile(r"[\u4e00-\u9fff]ICP备\s*\d{6,8}号(?:-\d+)?")
_POLICE = re.compile(r"[\u4e00-\u9fff]公网安备\s*(\d{14})号?")
_SPONSOR = re.compile(r"主办(?:单位)?\s*[:：]\s*([\u4e00-\u9fff（）()]{3,40})")
_PHONE = re.compile(r"(?:联系(?:我们|方式|电话)|电\s*话|热\s*线)")
_SITE_CODE = re.compile(r"site_?code=((?:bm)?\d{8,10})", re.I)
_BADGE = re.compile(r"支持\s*IPv6", re.I)


def _mistakes_code(element: lxml.html.HtmlElement) -> str:
    """The site code that a 找错 button hands to the server: an attribute, or part of its address."""
    given = str(element.get("sitecode") or "")
    found = _SITE_CODE.search(f"{element.get('href', '')} {element.get('src', '')}")
    return (given or (found[1] if found else "")).lower()


def marks(body: bytes, content_type: str = "") -> dict[str, Any]:
    """code (shown), code_meta, code_mistakes (of the 找错 button), icp, police, party, mistakes, sponsor, contact, sitemap, badge6;
    name and domain as META says them."""
    text = decoded(body, content_type).replace("\0", "")
    try:
        tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ParserError, ValueError):
        return {"answer": "unreadable"}
    metas = {str(m.get("name", "")).lower(): str(m.get("content", "")).strip() for m in tree.iter("meta") if m.get("name")}
    links = [(str(a.get("href", "")).lower(), "".join(str(t) for t in a.itertext()) + str(a.get("title", ""))) for a in tree.iter("a")]
    pictures = " ".join(f"{i.get('src', '')} {i.get('alt', '')} {i.get('title', '')}".lower() for i in tree.iter("img"))
    scripts = " ".join(str(s.get("src", "")) + str(s.text or "")[:500] for s in tree.iter("script")).lower()
    for element in list(tree.iter("script", "style")):
        element.text = None
    shown = re.sub(r"\s+", " ", " ".join(str(t) for t in tree.itertext()))

    def linked(*parts: str) -> bool:
        return any(p in href for href, _ in links for p in parts) or any(p in pictures or p in scripts for p in parts)

    def first(pattern: re.Pattern[str]) -> str:
        found = pattern.search(shown)
        return str(found[found.re.groups]).strip() if found else ""

    return {
        "answer": "read", "code": first(_CODE).lower(), "code_meta": metas.get("siteidcode", "").lower(),
        "icp": first(_ICP), "police": first(_POLICE),
        "party": linked("conac.cn") or "党政机关" in shown or "党政机关" in pictures,
        "mistakes": linked("zfwzgl.www.gov.cn", "jiucuo", "政府网站找错") or "网站找错" in shown,
        "code_mistakes": next((c for e in tree.iter("script", "a", "img") if (c := _mistakes_code(e))), ""),
        "sponsor": first(_SPONSOR), "contact": bool(_PHONE.search(shown)),
        "sitemap": any("网站地图" in words or "站点地图" in words for _, words in links),
        "badge6": bool(_BADGE.search(shown)), "name": metas.get("sitename", ""), "domain": metas.get("sitedomain", "").lower(),
    }

"""Pages of four families as bytes: home, column, document, list data, errors."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from html import escape

from tests.farm.cms import paths
from tests.farm.model import Column, Page, Site

_CSS = """body{margin:0;font:14px/1.9 'Noto Sans CJK SC',SimSun,sans-serif;color:#333}.head{background:#b31b1b;color:#fff;padding:18px 8%;font-size:26px}
.nav{background:#8f1414;padding:6px 8%}.nav a{color:#fff;margin-right:22px;text-decoration:none}.main{margin:16px 8%;min-height:360px}.crumb{color:#888}
.list li{border-bottom:1px dotted #ccc;list-style:none}.list span{float:right;color:#888}.foot{background:#eee;text-align:center;padding:14px;color:#666}h1{text-align:center;font-size:22px}
table{border-collapse:collapse;margin:10px auto}td,th{border:1px solid #999;padding:4px 10px}.info span{margin-right:8px}"""


def charset(site: Site) -> str:
    """What the family writes its pages in."""
    return "gb18030" if site.family == "handmade" else "utf-8"


def pages_of(site: Site, col: Column, night: date) -> list[Page]:
    """The column's documents of a night, newest first."""
    found = [p for p in site.pages if p.column == col.key and p.served(night)]
    return sorted(found, key=lambda p: (p.shown, p.number), reverse=True)


def _frame(site: Site, title: str, inner: str, metas: str = "") -> bytes:
    tops = [c for c in site.columns.values() if not c.parent]
    nav = "".join(f'<a href="{escape(paths.column(site, c))}">{c.name}</a>' for c in tops)
    search = '<form action="/search" class="sousuo"><input name="q"><input type="submit" value="站内搜索"></form>' if site.search else ""
    foot = f"主办单位：{site.name}　网站标识码：990000{len(site.host):04d}　林ICP备1900{len(site.id):04d}号　联系电话：0990-5550100"
    if site.family == "handmade":
        page = (f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{escape(title)}</title></head><body bgcolor="#ffffff">'
                f'<table width="960" align="center" border="0" class="nav"><tr bgcolor="#b31b1b"><td><font size="5" color="#ffffff">{site.name}</font></td></tr>'
                f'<tr><td><a href="/">首页</a> {nav.replace("</a>", "</a> | ")}</td></tr></table>{search}<div class="main">{inner}</div>'
                f'<div class="foot" align="center"><font size="2">{foot}</font></div></body></html>')
    else:
        page = (f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>{metas}<style>{_CSS}</style></head><body>'
                f'<div class="head">{site.name}</div><div class="nav"><a href="/">首页</a>{nav}</div>{search}<div class="main">{inner}</div><div class="foot footer">{foot}</div></body></html>')
    return page.encode(charset(site))


def _crumbs(site: Site, col: Column, here: str = "") -> str:
    links = ['<a href="/">首页</a>'] + [f'<a href="{escape(paths.column(site, c))}">{c.name}</a>' for c in site.column_path(col.key)]
    return f'<div class="crumb position">当前位置：{" &gt; ".join(links)}{" &gt; " + here if here else ""}</div>'


def _items(site: Site, pages: list[Page]) -> str:
    style = "[%m-%d]" if site.family == "handmade" else "%Y-%m-%d"
    rows = "".join(f'<li><span>{p.shown.strftime(style)}</span><a href="{escape(p.path)}" title="{escape(p.title)}">{escape(p.title)}</a></li>' for p in pages)
    return f'<ul class="list">{rows}</ul>'


def home(site: Site, night: date) -> bytes:
    """The front page: a block of newest items for three columns, and the way into disclosure."""
    blocks = []
    for key in ("xwdt", "tzgg", "zcwj"):
        col = site.columns[key]
        blocks.append(f'<h3><a href="{escape(paths.column(site, col))}">{col.name}</a></h3>' + _items(site, pages_of(site, col, night)[:6]))
    hub = "".join(f'<li><a href="{escape(paths.column(site, c))}">{c.name}</a></li>' for c in site.columns.values() if c.parent == "zwgk")
    return _frame(site, site.name, "".join(blocks) + f'<h3>政府信息公开</h3><ul class="gk">{hub}</ul>', f'<meta name="SiteName" content="{site.name}">')


def column(site: Site, col: Column, night: date, page: int = 1) -> bytes:
    """A column's page: links to children, a list, or the words that it is empty."""
    inner = _crumbs(site, col) + f"<h2>{col.name}</h2>"
    metas = f'<meta name="ColumnName" content="{col.name}"><meta name="ColumnType" content="列表页">' if site.metas else ""
    children = [c for c in site.columns.values() if c.parent == col.key]
    if children:
        inner += '<ul class="gk">' + "".join(f'<li><a href="{escape(paths.column(site, c))}">{c.name}</a></li>' for c in children) + "</ul>"
        return _frame(site, f"{col.name}-{site.name}", inner, metas)
    all_pages = pages_of(site, col, night)
    if site.family == "affair_api":
        inner += (f'<div id="list" class="list" data-channel="{col.number}"></div><script>var query={{"channelList":["{col.number}"],"pageSize":15,"pageNo":1,"docFlag":"1"}};'
                  'fetch("/front/api/data/affair",{method:"POST",headers:{"Content-Type":"application/json"},body:JSON.stringify(query)}).then(r=>r.json()).then(d=>{'
                  'document.getElementById("list").innerHTML=d.data.list.map(x=>"<li><a href=\'"+x.url+"\'>"+x.title+"</a></li>").join("")});</script>')
        return _frame(site, f"{col.name}-{site.name}", inner, metas)
    if not all_pages:
        return _frame(site, f"{col.name}-{site.name}", inner + '<div class="list">本栏目暂无内容</div>', metas)
    size, count = paths.PAGE_SIZE, -(-len(all_pages) // paths.PAGE_SIZE)
    if site.family == "hanweb":
        inner += f'<script type="text/xml"><datastore>{_hanweb_group(site, col, all_pages, 1)}</datastore></script>'
        return _frame(site, f"{col.name}-{site.name}", inner, metas)
    inner += _items(site, all_pages[(page - 1) * size: page * size])
    if site.family == "handmade":
        inner += f"<div>共{len(all_pages)}条 " + (f'<a href="{escape(paths.column(site, col, page + 1))}">下一页</a>' if page < count else "") + "</div>"
    else:
        inner += f'<div class="page"><script>createPageHTML({count}, {page - 1}, "index", "html");</script></div>'
    return _frame(site, f"{col.name}-{site.name}", inner, metas)


def _hanweb_group(site: Site, col: Column, pages: list[Page], start: int) -> str:
    end = start + paths.PAGE_SIZE - 1
    nexts = ""
    if len(pages) > end:
        nexts = (f'<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?startrecord={end + 1}&endrecord={end + paths.PAGE_SIZE}'
                 f'&columnid={1200 + col.number}"></a>]]></nextgroup>')
    records = "".join(f'<record><![CDATA[<li><span>{p.shown}</span><a href="{p.path}" title="{escape(p.title)}">{escape(p.title)}</a></li>]]></record>'
                      for p in pages[start - 1: end])
    return f"{nexts}<totalrecord>{len(pages)}</totalrecord><recordset>{records}</recordset>"


def dataproxy(site: Site, col: Column, night: date, start: int) -> bytes:
    """Hanweb's further records."""
    return f"<datastore>{_hanweb_group(site, col, pages_of(site, col, night), start)}</datastore>".encode()


def affair(site: Site, body: bytes, night: date) -> bytes:
    """The affair API's answer; an error where the request is not as the platform wants it."""
    try:
        ask = json.loads(body)
        channels = ask["channelList"]
        if not isinstance(channels, list):
            raise TypeError
        size, page = int(ask.get("pageSize", 15)), int(ask.get("pageNo", 1))
    except (ValueError, KeyError, TypeError):
        return b'{"code":500,"msg":"channelList must be an array","data":null}'
    cols = [c for c in site.columns.values() if str(c.number) in channels]
    found = [(c, p) for c in cols for p in pages_of(site, c, night)]
    total = 10_000 if any(c.capped for c in cols) else len(found)
    zone = timezone(timedelta(hours=8))
    rows = [{"id": p.number, "title": p.title, "url": p.path, "channel_id": c.number, "doc_flag": "1", "dispatch_agency": site.name,
             "display_date": int(datetime(p.shown.year, p.shown.month, p.shown.day, 9, tzinfo=zone).timestamp() * 1000) if site.dates == "epoch" else f"{p.shown} 09:00:00"}
            for c, p in found[(page - 1) * size: page * size]]
    data = {"pageNo": page, "pageSize": size, "totalPage": -(-total // size), "totalCount": total, "list": rows}
    return json.dumps({"code": 0, "data": data}, ensure_ascii=False).encode()


def detail(site: Site, page: Page) -> bytes:
    """A document."""
    col = site.columns[page.column]
    inner = _crumbs(site, col, "正文") + f"<h1>{escape(page.title)}</h1>"
    if site.family == "affair_api":
        cells = {"索引号": f"LS{page.number:06d}", "主题分类": "—  —", "发布日期": str(page.shown), "发文字号": "—  —", "公开主体": site.name}
        inner += '<div class="article-info info">' + "".join(f'<div><span class="col-md-5">{k}：</span><span class="col-md-7">{v}</span></div>' for k, v in cells.items()) + "</div>"
    elif site.family == "handmade":
        inner += f'<center><font size="2">发布时间：{page.shown.year}年{page.shown.month}月{page.shown.day}日</font></center>'
    else:
        inner += f'<div class="info"><span>发布日期：{page.shown}</span><span>来源：{site.name}</span></div>'
    wrap = {"affair_api": '<div id="ivs_content" class="Article_content">', "trs": '<div class="TRS_Editor">', "hanweb": '<div id="zoom">'}.get(site.family, "<div>")
    inner += wrap + page.body + "</div>"
    if page.files:
        inner += '<div class="fujian">附件：' + "".join(
            f'<a href="{("http://" + f.host) if f.host else ""}{f.path}">{escape(f.name)}</a>' for f in page.files) + "</div>"
    metas = ""
    if site.metas and site.family != "handmade":
        metas = (f'<meta name="ArticleTitle" content="{escape(page.title)}"><meta name="PubDate" content="{page.shown} 09:00"><meta name="ColumnName" content="{col.name}">'
                 f'<meta name="ContentSource" content="{site.name}">')
    return _frame(site, f"{page.title}-{site.name}" if site.metas else page.title, inner, metas)


def search(site: Site, words: str, night: date) -> bytes:
    """The site's own search, where it works: titles that hold the words."""
    found = [p for p in site.pages if words and words in p.title and p.served(night)]
    inner = f"<h2>搜索结果</h2><p>共{len(found)}条</p>" + (_items(site, found) if found else "<p>没有找到相关内容</p>")
    return _frame(site, f"站内搜索-{site.name}", inner)


CHALLENGE = b'<html><head><meta charset="utf-8"><script>document.cookie=("__jsl_clearance=15"+"7.0");location.reload()</script></head><body></body></html>'
GONE = "<html><head><title>404</title></head><body><h2>您访问的页面不存在</h2></body></html>".encode()
REFUSED = b"<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"

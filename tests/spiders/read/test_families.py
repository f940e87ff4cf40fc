"""Families whose pages are drawn by script: what must be asked for, and what the answers say."""

from __future__ import annotations

import json

import pytest

from db.docjson import document_from_json, document_to_json
from db.document import Document
from db.words import Kind, PageRef
from spiders.read import read

JSON = {"content-type": "application/json"}


def answer(ref: PageRef, data: object) -> Document:
    """What an API's answer is read as."""
    return read(json.dumps(data, ensure_ascii=False).encode(), url=ref.url, headers=JSON, ref=ref)


SHELL = "<html><head><title>上海市政策文件库</title><script src=/app.js></script></head><body><div id=app></div></body></html>"


def test_a_document_of_the_city_platform_is_a_shell_whose_text_an_api_brings() -> None:
    url = "https://www.example.gov.cn/zhengce/detail?businessId=0075204477&siteId=0075"
    shell = read(SHELL.encode(), url=url)
    assert (shell.kind, shell.family) == (Kind.SHELL, "policy_platform")
    ask = shell.frames[0]
    assert (ask.url, ask.method, json.loads(ask.payload)) == (
        "https://www.example.gov.cn/gwk/policy/detail", "POST", {"businessId": "0075204477", "siteId": "0075"})
    assert document_from_json(document_to_json(shell), shell.text) == shell
    doc = answer(ask, {"code": 0, "data": {
        "title": "关于印发《清河区权责清单管理办法》的通知", "txt": "<p>各单位：</p><p>现印发给你们。</p>", "publishDate": "2026-07-03 09:49:12",
        "docType": "清府办发", "docYear": "2026", "docNo": "7", "indexNo": "AB1-2026-007", "relates": [{"id": "x", "title": "政策解读"}],
        "attrs": {"agency": "清河区人民政府办公室", "zwPDFUrl": "/gwk/resource/file?pathname=2/0075/a/1.pdf&filename=1.pdf"}}})
    assert (doc.kind, doc.title, doc.published and doc.published.value) == (Kind.DETAIL, "关于印发《清河区权责清单管理办法》的通知", "2026-07-03")
    assert (doc.doc_no, doc.issuer, doc.index_no) == ("清府办发〔2026〕7号", "清河区人民政府办公室", "AB1-2026-007")
    assert "现印发给你们" in doc.text
    assert [a.ext for a in doc.attachments] == ["pdf"]
    assert doc.url == url  # where a person can look


def test_a_list_of_the_city_platform_leads_to_its_documents_and_its_next_page() -> None:
    page = read(SHELL.encode(), url="https://www.example.gov.cn/zhengce/list?siteId=0075")
    first = page.frames[0]
    assert json.loads(first.payload) == {"siteIdList": ["0075"], "pageNo": 1, "pageSize": 20}
    rows = [{"title": f"文件{n}", "businessId": f"00752044{n}", "siteId": "0075", "publishDate": "2026-07-03"} for n in range(20)]
    got = answer(first, {"code": 0, "data": {"totalPage": 2, "total": 37, "records": rows}})
    assert (got.kind, got.claimed, len(got.items), got.items[0].date) == (Kind.LIST, 37, 20, "2026-07-03")
    assert json.loads(got.items[0].ref.payload) == {"businessId": "007520440", "siteId": "0075"}
    assert json.loads(got.next_pages[0].payload)["pageNo"] == 2
    last = answer(got.next_pages[0], {"code": 0, "data": {"total": 37, "records": rows[:17]}})
    assert last.next_pages == ()


def test_the_columns_of_gkmlpt_stand_in_its_script() -> None:
    tree = [{"id": 501, "name": "机构概况", "children": [{"id": 505, "name": "机构职能", "children": []}]}, {"id": 506, "name": "财政预决算"}]
    html = f"<html><head><title>政府信息公开平台</title><script>window._CONFIG = {{ SID: '769033', TREE: {json.dumps(tree, ensure_ascii=False)} }}</script>"
    page = read(f"{html}</head><body><div id=app></div></body></html>".encode(), url="https://im.example.gov.cn/body/gkmlpt/index")
    assert page.family == "gkmlpt"
    assert [r.url for r in page.frames + page.next_pages] == ["https://im.example.gov.cn/body/gkmlpt/api/all/0?page=1&sid=769033"]
    assert {x.anchor: x.target for x in page.links}["机构职能"] == "https://im.example.gov.cn/body/gkmlpt/api/all/505?page=1&sid=769033"
    rows = [{"id": n, "title": f"2026年公告{n}", "url": f"https://im.example.gov.cn/gkmlpt/content/1/{n}/post_{n}.html",
             "display_publish_time": 1722441600, "publisher": "某局"} for n in range(100)]
    got = answer(PageRef("https://im.example.gov.cn/body/gkmlpt/api/all/505?page=1&sid=769033"), {"total": 130, "articles": rows})
    assert (got.family, len(got.items), got.items[0].date, got.claimed) == ("gkmlpt", 100, "2024-08-01", 130)
    assert [r.url for r in got.next_pages] == ["https://im.example.gov.cn/body/gkmlpt/api/all/505?page=2&sid=769033"]


LOADER = """<script url="/api-gateway/jpaas-publish-server/front/page/build/unit" queryData="{'parseType':'bulidstatic','webId':'3096',
'tplSetId':'t','pageType':'column','tagId':'当前栏目list','editType':'null','pageId':'1554467'}"></script>"""


def test_a_list_that_jpaas_fetches_in_pieces() -> None:
    html = f"<html><head><title>通知公告</title></head><body><div class=position>当前位置：<a href=/>首页</a> &gt; <a href=/x>通知公告</a></div>{LOADER}</body></html>"
    page = read(html.encode(), url="https://www.example.gov.cn/col/col1554467/index.html")
    ask = (page.frames + page.next_pages)[0]
    assert "pageId=1554467" in ask.url
    rows = "".join(f'<li><a href="/art/2026/7/{n}/art_1_{n}.html" title="关于第{n}号事项的通知">关于第{n}号</a><span>2026-07-{n:02}</span></li>' for n in range(1, 21))
    got = answer(ask, {"success": True, "data": {"html": f"<ul>{rows}</ul>"}})
    assert (got.kind, len(got.items), got.items[0].title, got.items[0].date) == (Kind.LIST, 20, "关于第1号事项的通知", "2026-07-01")
    assert "%22pageNo%22%3A2" in got.next_pages[0].url
    assert answer(got.next_pages[0], {"success": True, "data": {"html": ""}}).next_pages == ()


def test_epoint_lists_are_records_too() -> None:
    rows = [{"title": f"采购公告{n}", "infourl": f"/jyxx/003/00{n}.html", "infodate": f"2026-05-0{n + 1} 00:00:00"} for n in range(3)]
    got = answer(PageRef("https://ggzy.example.gov.cn/EpointWebBuilder/rest/secaction/getSecInfoList", "POST", b"pageIndex=0"),
                 {"custom": {"count": 3, "infodata": rows}})
    assert (got.family, [i.date for i in got.items]) == ("epoint", ["2026-05-01", "2026-05-02", "2026-05-03"])


@pytest.mark.parametrize("data", [{}, [], {"data": None}, {"data": {"html": 3}}, {"title": "x", "txt": "没有标记"}, {"data": {"title": "", "txt": "<p>x"}}, 7, "x"])
def test_an_answer_that_holds_nothing_is_no_document(data: object) -> None:
    assert answer(PageRef("https://www.example.gov.cn/api/x"), data).kind is not Kind.DETAIL or not data

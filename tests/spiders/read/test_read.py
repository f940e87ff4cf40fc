"""What the reader makes of pages of our own, and that nothing makes it fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.words import Kind, PageRef, Reason
from spiders.read import read

PAGE = """<html><head><title>关于清河区2019年部门预算的公告-清河区财政局</title></head><body>
<div class="nav"><a href="/">首页</a></div><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt;
<a href="/zwgk/ys/">预算</a> &gt; 正文</div><h1>关于清河区2019年部门预算的公告</h1>
<p>发布日期：2019-02-20 来源：清河区财政局</p><div><p>现将经区人民代表大会批准的2019年部门预算予以公开，具体内容见附件，欢迎社会各界监督并提出意见和建议。</p>
<a href="ys.pdf">部门预算.pdf</a></div></body></html>"""
URL = "http://www.qinghe.example.gov.cn/zwgk/ys/201902/t20190220_1.html"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_detail_page_is_read_alike_in_both_charsets(charset: str) -> None:
    doc = read(PAGE.encode(charset), url=URL)
    assert (doc.kind, doc.title) == (Kind.DETAIL, "关于清河区2019年部门预算的公告")
    assert doc.published is not None
    assert doc.published.value == "2019-02-20"
    assert doc.column == ("政务公开", "预算")
    assert [a.ext for a in doc.attachments] == ["pdf"]


def test_a_header_that_says_utf8_over_gb18030_bytes_is_repaired() -> None:
    doc = read(PAGE.encode("gb18030"), url=URL, headers={"Content-Type": "text/html; charset=utf-8"})
    assert (doc.title, doc.charset_rule) == ("关于清河区2019年部门预算的公告", "repaired")


def test_a_first_answer_of_a_waf_is_blocked_and_not_content() -> None:
    body = b"<script>document.cookie=('_')+('_');location.href=location.pathname</script>"
    assert read(body, url=URL, status=521).kind is Kind.BLOCKED


def test_a_soft_404_is_an_error() -> None:
    doc = read("<html><body><h2>您访问的页面不存在</h2></body></html>".encode(), url=URL)
    assert (doc.kind, doc.reason) == (Kind.ERROR, Reason.GONE)


def test_a_posted_list_gives_items_and_its_next_page() -> None:
    body = ('{"code":0,"data":{"pageNo":1,"totalCount":10000,"list":[{"id":1,"title":"某办法","url":"/a/1.html",'
            '"display_date":1559520000000}]}}').encode()
    ref = PageRef("https://x.gov.cn/front/api/data/affair", "POST", b'{"channelList":["3"],"pageNo":1,"pageSize":15}',
                  "application/json")
    doc = read(body, url=ref.url, ref=ref)
    assert (doc.kind, doc.capped, doc.items[0].date) == (Kind.LIST, True, "2019-06-03")
    assert b'"pageNo":2' in doc.next_pages[0].payload


@settings(max_examples=60)
@given(st.binary(max_size=3000))
def test_no_bytes_make_the_reader_raise(body: bytes) -> None:
    assert read(b"<html>" + body, url=URL) == read(b"<html>" + body, url=URL)


def test_attachments_that_a_script_writes_are_found() -> None:
    page = ("<title>2019年部门预算</title><h1>2019年部门预算</h1><p>时间：2019-02-26 09:01</p><p>详见附件</p>"
            "<script>if(fj.length>0){document.write('<p>附件：<a href=\"./P0201902.pdf\">清河区财政局2019年部门预算.pdf<BR>"
            "<a href=\"./P0201903.xls\">预算表.xls</a></p>');}</script>")
    doc = read(page.encode(), url="http://a.example.gov.cn/x/201902/t20190226_1.html")
    assert [(a.url.rsplit("/", 1)[1], a.name) for a in doc.attachments] == [
        ("P0201902.pdf", "清河区财政局2019年部门预算.pdf"), ("P0201903.xls", "预算表.xls")]


def test_a_pager_that_goes_by_script_is_followed_and_one_that_cannot_be_is_said_to_go_on() -> None:
    rows = "".join(f'<li><span>2020-0{n}-08</span><a href="{n}.html">关于第{n}批登记产品的公示</a></li>' for n in range(1, 9))
    page = ('<title>公示</title><div>当前位置：<a href="/">首页</a> > 公示</div><ul>{}</ul><div>共60条记录 1/3页 '
            '<a href="#" onclick="location.href=encodeURI(\'index_2.jhtml\');">下一页</a></div>')
    doc = read(page.format(rows).encode(), url="http://a.example.gov.cn/gs/index.jhtml")
    assert [r.url for r in doc.next_pages] == ["http://a.example.gov.cn/gs/index_2.jhtml"]
    assert (doc.claimed, doc.claimed_pages) == (60, 3)
    post = page.format(rows).replace("location.href=encodeURI('index_2.jhtml');", "__doPostBack('pager','2')")
    doc = read(post.encode(), url="http://a.example.gov.cn/gs/index.jhtml")
    assert (doc.next_pages, doc.claimed_pages) == ((), 3)


def test_a_banner_leads_where_its_picture_says() -> None:
    html = ('<html><head><title>清河区财政局</title></head><body><p>清河区财政局欢迎您。</p><a href="/zfxxgk/"><img src="a.png" alt="政府信息公开"></a>'
            '<a href="/x/" title="部门预决算"><img src="b.png"></a><a href="/y/"></a></body></html>')
    links = {x.target: x.anchor for x in read(html.encode(), url="http://a.example.gov.cn/").links}
    assert links == {"http://a.example.gov.cn/zfxxgk/": "政府信息公开", "http://a.example.gov.cn/x/": "部门预决算"}

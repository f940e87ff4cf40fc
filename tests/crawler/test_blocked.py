"""Refusals and errors served in place of a page are told apart; a page about one is a page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from crawler import blocked
from crawler.blocked import judge
from db.words import Kind, Reason, fault_of

URL = "http://a.example.gov.cn/xxgk/t20190101_1.html"
ARTICLE = "<p>" + "近日，本局组织开展网络安全培训，讲解常见防护系统的提示页面。" * 90 + "</p>"


def page(body: str, title: str = "", head: str = "") -> str:
    """A whole page."""
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


# rule → (status, headers, page as each system serves it)
SAMPLES: dict[str, tuple[int, dict[str, str], str]] = {
    "jsl": (521, {"x-via-jsl": "abc,-", "set-cookie": "__jsluid_s=1"}, "<script>document.cookie=('_')</script>"),
    "jsl_body": (200, {}, page("请开启", head="<script>var x='__jsl_clearance_s'</script>")),
    "jsl_first": (200, {}, "<script>document.cookie = ('__js')+('l')</script>"),
    "ruishu": (412, {}, page("", head="<meta content='x' r='m'><script>$_ts=window['$_ts'];$_ts.cd='q'</script>")),
    "wzws": (200, {}, page("", head="<script src='/WZWSREL2h4' wzwsquestion='1'></script>")),
    "anyu_502": (200, {}, page("您的IP 源站出现问题，暂时无法访问", "502")),
    "chuangyu": (403, {}, page("当前访问疑似黑客攻击，已被创宇盾拦截")),
    "anheng": (403, {}, page("您的访问可能对网站造成危险，已被云防护安全拦截")),
    "baota": (200, {}, page("您的请求带有不合法参数，已被网站管理员设置拦截")),
    "wangsu": (200, {}, page("您当前的访问行为存在异常，请稍后重试")),
    "sangfor": (200, {}, page("您访问的URL地址包含攻击特征")),
    "aliyun": (200, {}, page("", head="<script>var arg1='0';setCookie('acw_sc__v2',1)</script>")),
    "tencent": (200, {}, page("请求已被腾讯T-Sec Web应用防火墙拦截")),
    "cloudflare": (503, {}, page("Checking your browser before accessing", "Just a moment...")),
    "f5": (200, {}, page("The requested URL was rejected. Please consult with your administrator. Your support ID is: 1")),
    "waf_words": (200, {}, page("您的访问被拦截，操作过于频繁，请稍后再试")),
    "captcha": (200, {}, page("请输入验证码继续访问")),
    "soft_404": (200, {}, page("对不起，您访问的页面不存在")),
    "dedecms_message": (200, {}, page("文档不存在或无权限", "DedeCMS提示信息")),
    "server_error": (200, {}, page("HTTP Status 500 - Internal Server Error")),
    "default_page": (200, {}, page("If you see this page, the web server is successfully installed.", "Welcome to nginx!")),
    "closed": (200, {}, page("本网站已关停，请访问新网站")),
    "parked": (200, {}, page("此域名可出售")),
    "gambling": (200, {}, page("注册送彩金，在线客服", "真人娱乐城官方网站")),
    "login": (200, {}, page("用户名 密码", "统一身份认证")),
}


@pytest.mark.parametrize("rule", SAMPLES)
def test_each_sort_of_refusal_is_known_by_its_page(rule: str) -> None:
    status, headers, html = SAMPLES[rule]
    found = judge(status, headers, html.encode(), URL, html)
    assert found is not None
    assert found.rule == rule
    assert found.kind in (Kind.BLOCKED, Kind.ERROR)
    assert fault_of(found.reason) is not None  # somebody's: a reader of the report asks whose


def test_every_rule_has_a_sample_and_says_where_it_was_seen() -> None:
    rows = tomllib.loads((Path(blocked.__file__).parent / "blocked.toml").read_text("utf-8"))["rule"]
    assert {r["id"] for r in rows} == set(SAMPLES)
    assert all(isinstance(r["seen"], bool) and r["words"] for r in rows)
    for row in rows:  # bodies are searched in lower case
        bare = re.sub(r"\\.", "", row.get("body", ""))
        assert bare == bare.lower(), row["id"]


@pytest.mark.parametrize("rule", [r for r in SAMPLES if r not in ("jsl", "jsl_first", "default_page", "dedecms_message", "login")])
def test_an_article_about_a_refusal_is_an_article(rule: str) -> None:
    html = re.sub("<title>.*?</title>", "<title>关于开展网络安全培训的通知</title>", SAMPLES[rule][2]).replace("</body>", f"{ARTICLE}</body>")
    assert judge(200, {}, html.encode(), URL, html) is None


@pytest.mark.parametrize("title", ["我区查处一起六合彩赌博案", "警惕“真人娱乐”诈骗", "东方娱乐城消防验收合格名单", "关于老虎机专项整治的通告"])
def test_a_page_about_gambling_is_no_gambling_site(title: str) -> None:
    html = page("近日公安机关通报有关情况", title)
    assert judge(200, {}, html.encode(), URL, html) is None


@pytest.mark.parametrize(("status", "reason"), [
    (401, Reason.NEEDS_LOGIN), (403, Reason.BLOCKED), (404, Reason.GONE), (410, Reason.GONE), (412, Reason.BLOCKED), (429, Reason.BLOCKED),
    (451, Reason.BLOCKED), (500, Reason.HTTP_ERROR), (502, Reason.HTTP_ERROR), (521, Reason.BLOCKED), (567, Reason.BLOCKED), (400, Reason.HTTP_ERROR)])
def test_a_status_alone_tells_enough(status: int, reason: Reason) -> None:
    found = judge(status, {}, b"", URL, "<html></html>", 0)
    assert found is not None
    assert found.reason is reason


def test_real_refusals_are_known(shared: Path) -> None:
    raw = (shared / "real" / "blocked" / "jsl_521_first.http").read_bytes()
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    headers = dict(line.split(": ", 1) for line in head.decode("latin-1").splitlines()[1:] if ": " in line)
    found = judge(521, {k.lower(): v for k, v in headers.items()}, body, URL)
    assert found is not None
    assert found.rule == "jsl"
    body = (shared / "real" / "blocked" / "ruishu_412_shell_truncated.html").read_bytes()
    found = judge(412, {}, body, URL)
    assert found is not None
    assert found.rule == "ruishu"

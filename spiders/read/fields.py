"""索引号, 文号, 发布机构 and the body's text."""

from __future__ import annotations

import re
import unicodedata

from spiders.read.blocks import Block, Page
from spiders.read.title import norm

_DOC_NO = re.compile(r"[\u4e00-\u9fff（）()]{2,20}?[〔\[【(（﹝]\s*((?:19|20)\d{2})\s*[〕\]】)）﹞]\s*第?\s*(\d{1,4})\s*号")
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,20}令\s*第?\s*\d{1,4}\s*号")
_INDEX = re.compile(r"索\s*引\s*号?\s*[:：]?\s*([0-9A-Za-z][\w\-/ ]{4,40})")
_ISSUER = re.compile(r"(?:发布机构|发文机关|公开主体|信息来源|发文单位|发布单位|发布部门|制发机关|来源)\s*[:：]\s*([^\s:：|｜]{2,40})")
FOOT = re.compile(
    r"^(?:【?\s*(?:打印|关闭|返回顶部|分享到|上一篇|下一篇|相关(?:链接|信息|文章|新闻|解读)|主办单位|版权所有|网站地图|责任编辑|扫一扫|附件下载))|版权所有|主办单位[:：]|ICP备|网站标识码|^Copyright")
MAX_TEXT = 200_000


def value_after(blocks: list[Block], label: str) -> str:
    """The text after a label, in the same line or the next cell; empty marks are empty."""
    for i, b in enumerate(blocks):
        if label not in b.text or len(b.text) > 300:
            continue
        rest = b.text.split(label, 1)[1].lstrip(" :：】]").strip()
        if not rest and i + 1 < len(blocks) and len(blocks[i + 1].text) < 80:
            rest = blocks[i + 1].text
        rest = re.split(r"\s{1,}|[|｜]", rest, maxsplit=1)[0]
        if rest and not re.fullmatch(r"[—\-–\s\xa0无]+", rest) and not rest.endswith(("：", ":")):
            return rest[:80]
    return ""


def normal_doc_no(text: str) -> str:
    """沪府办发[2019]第 7 号 → 沪府办发〔2019〕7号."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"\s", "", text)
    text = re.sub(r"[\[【(（﹝〔]((?:19|20)\d{2})[\]】)）﹞〕]", r"〔\1〕", text)
    return re.sub(r"第?0*(\d{1,4})号", r"\1号", text)


def read_doc_no(blocks: list[Block], title: str) -> str:
    """文号 of the page: labelled, else in the title, else in a short line of its own."""
    for label in ("发文字号", "文号", "文件编号"):
        value = value_after(blocks, label)
        if value and re.search(r"\d", value) and "号" in value:
            return normal_doc_no(value)
    if m := _DOC_NO.search(title):
        return normal_doc_no(re.sub(r"^.*[）)]", "", m[0]) if len(m[0]) > 20 else m[0])
    for b in blocks[:200]:
        if len(b.text) < 40 and (m := _DOC_NO.fullmatch(b.text.strip(" ()（）")) or _ORDER.fullmatch(b.text.strip())):
            return normal_doc_no(m[0])
    return ""


def read_index_no(blocks: list[Block]) -> str:
    """索引号, as shown."""
    value = value_after(blocks, "索引号") or value_after(blocks, "索 引 号")
    return value if re.search(r"\d", value) else ""


def read_issuer(blocks: list[Block], metas: dict[str, str]) -> str:
    """Who published: labelled on the page, else ContentSource."""
    for b in blocks[:300]:
        if len(b.text) < 250 and (m := _ISSUER.search(b.text)):
            name = m[1].strip("【】[]()（）")
            if not re.search(r"\d{4}|时间|日期|浏览|字体", name) and name:
                return name[:40]
    for label in ("公开主体", "发布机构", "发文机关"):
        value = value_after(blocks, label)
        if value and len(value) <= 40 and not re.search(r"\d{4}", value):
            return value
    return metas.get("contentsource", "")[:60]


def body_range(page: Page, title: str, title_at: int | None) -> tuple[int, int]:
    """First and last block of the main text: from the title's line to the foot."""
    blocks = page.blocks
    start = title_at + 1 if title_at is not None else 0
    end = len(blocks)
    for i in range(start, len(blocks)):
        if i > start + 2 and FOOT.search(blocks[i].text) and len(blocks[i].text) < 200:
            end = i
            break
    return start, max(end, start)


def body_text(blocks: list[Block], start: int, end: int, title: str) -> str:
    """Lines of the main text; the cells of a table row stay on one line, parted by tabs."""
    out: list[str] = []
    row = None
    size = 0
    for b in blocks[start:end]:
        if b.hidden or norm(b.text) == norm(title):
            continue
        this = _row(b) if b.cell else None
        if this is not None and this is row and out:
            out[-1] += "\t" + b.text
        else:
            out.append(b.text)
        row = this
        size += len(b.text)
        if size > MAX_TEXT:
            break
    return unicodedata.normalize("NFC", "\n".join(out))


def _row(block: Block) -> object:
    el = block.el
    for _ in range(6):
        if el is None:
            return None
        if el.tag == "tr":
            return el
        el = el.getparent()
    return None

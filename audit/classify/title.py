"""A title taken apart: whose it is, what form it has, what it is about.

关于印发《X》的通知 is about X; X局关于做好Y工作的通知 about Y. The issuer's name is taken off, since 食品药品监督管理局
or 市场监督 would else lend its words to every title.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# 行政处罚, 社会保险, 城镇职工 and their like are no bodies: a short name of one is followed by none of these
_ORG = r"(?:委员会|政府|办公厅|办公室|局|厅|委(?!托)|办(?![法理事公证])|署|中心|院|部(?![门分])|(?<!社)会(?![议计])|处(?![罚理置分])|所(?![有得])|站(?!点)|公司|集团|党组|街道办事处|街道|管委会|大队|支队|总队|分局|学校|大学|法院|检察院|联席会议|领导小组)"
_ISSUER = re.compile(rf"^(?:中共)?[\u4e00-\u9fff、，, ·()（）]{{1,90}}?{_ORG}(?:等(?:\S{{1,6}}(?:部门|单位|委办局))?)?(?=关于|印发|转发|公布|发布|批转|贯彻|通告|公告|令|对)")
_ORG_HEAD = re.compile(rf"^(?P<year>20\d\d年度?)?[\u4e00-\u9fff·]{{2,16}}?{_ORG}(?=[\d（(\u4e00-\u9fff])")
_COVER = re.compile(
    r"(?:关于)?(?:印发|转发|批转|公布|发布|同意|下达|颁布|批准|通过|公开发布|修订印发|重新印发|贯彻落实|贯彻|实施|修改|废止|落实|执行)(?:了)?[^《》]{0,40}?《([^《》]+(?:《[^《》]+》)?[^《》]*)》")
_BOOK = re.compile(r"《([^《》]{4,})》")
_COVER_PLAIN = re.compile(r"(?:关于)?(?:印发|转发|批转|公布|发布|下达)(?:了)?([^《》]{4,80}?)的(?:通知|公告|通报|决定|函|批复|通告)$")
_ABOUT = re.compile(r"关于(.+)$")
OFFICIAL = re.compile(
    r"(?:通知|公告|通告|通报|决定|命令|令|意见|批复|函|复函|议案|决议|报告|请示|方案|办法|规定|细则|条例|规则|制度|规划|计划|要点|目录|清单|标准|公示|预案|章程|措施|规程|规范|法|守则|指引|导则|准则|纪要|职责|规定）|启事|公报|年报|总结|说明|安排|大纲|纲要)(?:[（(].*[)）]|》.*)?$")
RULE_TEXT = re.compile(r"(?:办法|规定|细则|条例|规则|制度|意见|规程|章程|准则|守则|机制|若干措施|决定|规范|标准|名录|令第?\d+号?[)）]?|法)(?:》|[（(][^()（）]*[)）]|\s|\[.*\])*(?:等.{0,12}(?:文件|制度|办法|规定))?(?:的(?:通知|决定|公告|补充通知|批复))?[》]?(?:[（(].*[)）])?$")
NEWS = re.compile(
    r"召开|举行|举办|部署.{2,30}工作$|组织.{0,4}(?:学习|收看|观看|参观)|(?:进点|见面|启动|专题|汇报|协调|调度|部署|总结|表彰|动员|工作)会(?:议)?$|(?:组织)?开展.{0,30}(?:活动|检查|培训|演练|行动|调研|学习|宣传|慰问|工作|服务|督查|巡查|普查|执法|交流)|调研|视察|走访|慰问|座谈|出席|会见|考察|督导|(?:正式|全面|顺利|圆满|成功)(?:启动|完成|落幕|举行|闭幕|开幕|上线|收官|通过|结束|开展|举办|召开)|开班|圆满|荣获|获评|喜获|获奖|揭牌|签约|推进会|部署会|动员会|交办会|培训班|研讨会|交流会|现场会|主题党日|强调|指出|约谈|深入.{0,12}(?:一线|基层|企业|学习|开展)|走进|参加|传达学习|来.{1,8}(?:调研|考察|检查|指导)|赴.{1,12}(?:调研|考察|开展|检查|学习)|讲话精神|再添|迎来|助力|亮相|点亮|携手|打造|获批|首个|首次|破获|查破|查获|抓获|落户|夺冠|斩获|争当|扎实|有序推进|稳步推进|持续推进|持续发力|全力|聚焦|掀起|推动.{0,20}高质量|奋力|赋能|暖心|一线|纪实|侧记|掠影|风采|事迹|先进典型|专家审定|为民|发力|提速|跑出|护航|筑牢|擦亮|绘就|启航|热议|只为")
_OFFICIAL_ABOUT = re.compile(r"关于.{2,}的?(?:通知|公告|通告|通报|决定|意见|批复|函|复函|报告|公示|请示|议案|方案|指导意见|说明|启事|规定)(?:[（(].*[)）])?$")


@dataclass(frozen=True, slots=True)
class Title:
    """full: normalised; core: what it is about; form: official, report or none; rule_text: it is itself a set of rules."""

    full: str
    core: str
    form: str
    rule_text: bool
    plain: str  # full without the body's name at its head: 财政 in 财政局 is no word of the title


def clean(text: str) -> str:
    """One spelling: full-width digits and letters narrow, Chinese punctuation as it stands, no spaces."""
    out = []
    for char in text:
        out.append(unicodedata.normalize("NFKC", char) if "\uff10" <= char <= "\uff5a" and char not in "；：？＜＝＞？" else char)
    text = re.sub(r"[\s\u3000\xa0\u200b]+", "", "".join(out))
    text = text.replace("〈", "《").replace("〉", "》").replace("﹤", "《").replace("﹥", "》").replace("(", "（").replace(")", "）")
    return re.sub(r"^(?:[（\[【](?:转载|图文|视频|置顶|最新|组图|原创|推荐|公告|通知)[）\]】])+", "", text)


def _without_body(text: str) -> str:
    """Without the body's name at its head: 2018年度某市教育局部门决算 is 2018年度部门决算."""
    return _ORG_HEAD.sub(lambda m: m["year"] or "", text, count=1)


def take_apart(text: str) -> Title:
    """The parts of a title."""
    full = clean(text)
    issuer = _ISSUER.match(full)
    rest = full[issuer.end() :] if issuer and issuer[0].count("（") == issuer[0].count("）") else full
    if (m := _COVER.search(rest)) or (m := _COVER_PLAIN.search(rest)) or (m := _ABOUT.search(rest)) or ((m := _BOOK.search(rest)) and not NEWS.search(rest)):
        core = m[1]
    else:
        core = rest
    inner = _without_body(core)
    core = inner if len(inner) >= 5 else core
    official = bool(_OFFICIAL_ABOUT.search(full) or OFFICIAL.search(full))
    news = bool(NEWS.search(rest)) and not _OFFICIAL_ABOUT.search(full)
    form = "report" if news and not (official and "《" in full and "印发" in full) else "official" if official else "none"
    return Title(full, core, form, bool(RULE_TEXT.search(core) or RULE_TEXT.search(full)),
                 full if full.startswith(("关于", "对", "转发")) else _without_body(full) or full)

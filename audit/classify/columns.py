"""What a column is for, from its path: the last name that says something, helped by those above it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from audit.classify.title import clean
from audit.classify.vocabulary import categories, is_a
from db.words import Label

_PREFIX = re.compile(r"^(?:[\u4e00-\u9fff]{1,8}?(?:省|市|区|县|州|局|委|厅|镇|乡|街道|办|学校|学院))+(?=[\u4e00-\u9fff]{2})")
_NOISE = re.compile(r"^[\d.、\s（）()\-]+|[\d（）()：:\s]+$|^(?:20\d\d年?度?)|(?:专栏|栏目|信息公开|公开|信息|情况|专题|公示|栏)$")
_GENERIC = re.compile(r"^(?:20\d\d年?度?|19\d\d年?|市级|区级|县级|省级|国家|国家级|本级|上级|部门|街镇|乡镇|本部门|所属单位|各部门|各单位|更多|列表|全部|其他|其它|最新|历史|内容|\d+|[一二三四五六七八九十]+、?|.{1,14}(?:科|处|室|股)工作|工作动态信息)$")
_BODY = re.compile(r"(?:局|委员会|委|办公室|厅|街道|街道办事处|镇|乡|政府|办事处|管委会|中心)$")
_AGENCY = re.compile(r"^(?:[\u4e00-\u9fff]{1,6}[省市区县州])?[\u4e00-\u9fff]{2,14}(?:局|委员会|发改委|卫健委|经信委|街道办事处|街道|镇|乡|人民政府|管委会|人民法院|检察院)$")
_HOLDS_ANYTHING = frozenset(("news", "notice", "disclosure_portal", "online_service", "other"))  # what lies below one may be anything
_LIKE: tuple[tuple[str, str, float], ...] = (
    # pattern → category, for names that the lists of names do not hold whole; the first that fits
    (r"大事记", "news", 0.84),
    (r"领导(?:简介|分工|信息|班子|之窗|成员|活动|介绍|风采)|[府政委]领导$", "leaders", 0.88),
    (r"[府政局]任(?:文件|字|$)|人事任免", "personnel", 0.9),
    (r"(?:认定|核准|审批|许可)(?:的)?(?:结果|公示|决定)", "double_publicity", 0.88),
    (r"投诉|举报|信箱|热线|意见箱|信访", "hotline_mailbox", 0.88),
    (r"资格证|资格认定", "service_guide", 0.82),
    (r"许可公示|处罚公示|设立审批|审批公示|行政许可", "double_publicity", 0.9),
    (r"网站.{0,6}(?:年报|报表|年度)", "site_report", 0.95),
    (r"法治政府|依法行政|法治建设", "rule_of_law_report", 0.9),
    (r"(?:信息|政务|政府).{0,2}公开.{0,4}(?:年报|年度报告|报告)|公开年报|年度报告", "disclosure_annual_report", 0.92),
    (r"公开.{0,4}指南", "disclosure_guide", 0.95),
    (r"依?申请公开|公开申请", "disclosure_request", 0.93),
    (r"公开.{0,6}(?:目录|事项|内容)|主动公开", "disclosure_catalogue", 0.88),
    (r"公开.{0,6}(?:制度|规定|办法|条例|依据|法规)", "disclosure_rules", 0.9),
    (r"公开.{0,6}(?:要点|计划|安排)", "annual_plan", 0.88),
    (r"公开.{0,6}(?:考核|评估|评议)", "assessment", 0.9),
    (r"基层政务公开|标准化(?:规范化|目录)|标准目录", "grassroots_standard", 0.9),
    (r"证明事项", "proof_list", 0.93),
    (r"中介(?:服务)?(?:机构|事项|清单)?", "intermediary_list", 0.85),
    (r"双随机|随机抽查|抽查(?:计划|结果|事项)", "random_inspection", 0.93),
    (r"收费", "fees", 0.88),
    (r"负面清单", "business_environment", 0.8),
    (r"权责|责权|权力|责任清单|职权", "power_list", 0.92),
    (r"(?:建议|提案|议案).{0,8}(?:答复|回复|复文|结果)", "proposal_reply", 0.92),
    (r"(?:建议|提案).{0,8}(?:总体|总结)", "proposal_summary", 0.92),
    (r"建议提案|提案|议案|人大代表建议|代表建议|人大建议", "proposals", 0.92),
    (r"(?:意见|建议|结果).{0,4}(?:反馈|采纳)|反馈", "decision_feedback", 0.85),
    (r"征求意见|意见征集|征集|听证|预公开|民意|草案", "decision_consultation", 0.88),
    (r"决策.{0,6}(?:目录|清单|事项)", "decision_list", 0.93),
    (r"重大.{0,4}决策|决策", "decision", 0.9),
    (r"会议(?:公开|纪要|信息)?$|常务会", "meetings", 0.85),
    (r"解读|图解", "policy_interpretation", 0.92),
    (r"绩效", "performance_evaluation", 0.9),
    (r"债务|债券|地方债", "gov_debt", 0.93),
    (r"审计", "audit_report", 0.92),
    (r"国有资产", "state_assets", 0.9),
    (r"国企|国有企业|国资", "soe_disclosure", 0.88),
    (r"专项资金|直达资金|补贴|补助|资助|奖补|直达基层|惠农", "special_funds", 0.85),
    (r"(?<!预)决算(?!.*预算)", "final_accounts", 0.92),
    (r"(?<!决算)预算(?!.*决算)", "budget_plan", 0.92),
    (r"预决算|三公|财政(?:信息|资金|公开|收支)", "budget", 0.92),
    (r"决算", "final_accounts", 0.92),
    (r"预算", "budget_plan", 0.92),
    (r"采购|招标|投标|中标", "procurement", 0.9),
    (r"征地|土地|拆迁|房屋征收|矿业权|征收", "land", 0.88),
    (r"保障性?(?:住)?房|住房保障|公租房|廉租|安居|棚户区|危房|配租", "housing_security", 0.88),
    (r"产权|碳排放|拍卖|排污权", "property_trading", 0.85),
    (r"公共资源", "public_resource", 0.9),
    (r"重大(?:建设)?项目|重点项目|重点工程|建设项目|项目(?:审批|批准|核准)|施工|竣工", "major_project", 0.86),
    (r"扶贫|脱贫|帮扶(?<!对口帮扶)", "welfare_rural_aid", 0.88),
    (r"对口|东西部|援疆|援藏", "regional_aid", 0.88),
    (r"低保|救助|福利|养老|残疾|优抚|慈善|民政|特困|老龄|退役", "welfare_relief", 0.84),
    (r"就业|社保|社会保险|创业|劳动|工伤|失业|医保(?!局)", "welfare_employment", 0.82),
    (r"招生|教育|学校|中考|高考|入学|幼儿|学生|考试院", "welfare_education", 0.82),
    (r"卫生|医疗|健康|疫情|疫苗|防疫|医保|疾控|疾病|医改", "welfare_health", 0.82),
    (r"垃圾", "waste_sorting", 0.9),
    (r"环评|环境|环保|污染|空气|水质|生态|排污|辐射|自然保护", "environment", 0.82),
    (r"文化|体育|旅游|文物|非遗|图书|博物", "welfare_culture_sport", 0.8),
    (r"事故|灾害|救灾", "welfare_disaster", 0.84),
    (r"公共企事业|校务|院务|公用事业|供水|供电|供气|公交", "public_institution_disclosure", 0.86),
    (r"食品|药品|抽检|质量(?:监督|抽查)|监督检查|监管|安全生产|安监", "inspection", 0.8),
    (r"双公示|许可|处罚|审批结果|批后|资质|核准|认定结果", "double_publicity", 0.86),
    (r"执法|裁量|强制", "enforcement", 0.88),
    (r"信用|诚信|失信|红黑", "credit", 0.9),
    (r"营商|放管服|审批(?:制度)?改革|惠企|减税", "business_environment", 0.88),
    (r"办事指南|指南|须知|流程|表格|下载|常见问题|办理", "service_guide", 0.82),
    (r"公报", "gazette", 0.85),
    (r"应急|预案|预警|防汛|突发|防灾", "emergency", 0.88),
    (r"统计|数据(?!开放)|公报|年鉴|普查|指标|经济运行", "statistics", 0.82),
    (r"数据开放|开放数据|公共数据", "open_data", 0.9),
    (r"人事|招聘|录用|任免|公务员|职称|干部|人才|遴选|招考|任职", "personnel", 0.88),
    (r"领导", "leaders", 0.86),
    (r"信箱|热线|投诉|举报|信访|信件|留言|来信|诉求|写信|意见箱", "hotline_mailbox", 0.88),
    (r"访谈", "interview", 0.93),
    (r"开放日|开放月|问政", "open_day", 0.9),
    (r"发布会|新闻发布|回应|辟谣|发言人", "public_response", 0.88),
    (r"调查|问卷|互动|参与|咨询|满意度", "participation", 0.82),
    (r"新媒体|微博|微信", "new_media", 0.85),
    (r"网站地图|声明|关于我们|联系我们|导航", "site_identity", 0.88),
    (r"网站", "site_operation", 0.75),
    (r"(?i)ipv6", "ipv6", 0.95),
    (r"搜索|检索", "site_search", 0.85),
    (r"规划|计划|总结|五年", "planning", 0.86),
    (r"实事|工作报告|重点工作|督查|任务|落实", "work_progress", 0.84),
    (r"规范性文件|政策|法规|文件|规章|公文|制度|标准|条例|令$|规定|府发|府规|府办", "policy_document", 0.86),
    (r"乡村振兴|三农|美丽乡村", "rural_revitalization", 0.88),
    (r"自贸|长三角|一带一路|大湾区|新片区|进博", "national_strategy", 0.86),
    (r"非法集资|金融风险", "risk_prevention", 0.86),
    (r"机构(?:设置|职能|概况|简介|信息|职责|介绍|改革|编制|$)|(?:内设|直属|下属|组织|派出|所属|办事)机构|职能|职责|概况|简介|科室|处室|单位|部门设置|组织", "organisation", 0.84),
    (r"通知|公告|公示|通告", "notice", 0.82),
    (r"服务|办事|一网通办|查询|审批", "online_service", 0.75),
    (r"动态|要闻|新闻|报道|聚焦|党|廉|纪检|专题|专栏|风采|宣传|活动|文明|快讯|资讯|图片|视频|简报|学习|交流|普法|法治|头条|聚焦", "news", 0.84),
    (r"重点领域|信息公开|政务公开|公开平台|公开$", "disclosure_portal", 0.86),
)


@cache
def _names() -> dict[str, str]:
    out: dict[str, str] = {}
    for key, category in categories().items():
        for name in category.columns:
            out.setdefault(name, key)
    return out


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, float], ...]:
    return tuple((re.compile(p), c, s) for p, c, s in _LIKE)


def whole_name(name: str) -> tuple[str, str] | None:
    """(category, name) where a name, or what is left of it without body, year and filling words, is a column's whole name."""
    names = _names()
    for form in (name, _PREFIX.sub("", name), _NOISE.sub("", name), _NOISE.sub("", _PREFIX.sub("", name))):
        if form in names and len(form) >= 2:
            return names[form], form
    return None


@lru_cache(maxsize=1 << 14)
def name_label(name: str) -> tuple[str, float, str] | None:
    """(category, score, why) of one column name, or None where it says nothing."""
    name = clean(name).strip("·:：、>【】[]《》“”\"")
    if not name:
        return None
    if whole := whole_name(name):
        return whole[0], 0.95 if whole[1] == name else 0.9, f"栏目名：{whole[1]}"
    if _GENERIC.match(name):
        return None
    if _AGENCY.match(name):
        return "disclosure_portal", 0.7, f"机构名：{name}"
    for pattern, category, score in _patterns():
        if m := pattern.search(name):
            return category, score, f"栏目名含：{m[0]}"
    if _BODY.search(name):
        return "disclosure_portal", 0.55, f"机构名：{name}"
    return None


@cache
def _folders() -> dict[str, str]:
    return {name: key for key, category in categories().items() for name in category.folders}


@lru_cache(maxsize=1 << 14)
def address_label(url: str) -> Label | None:
    """What the deepest folder of an address that is called like a column says; weak: counts where nothing else does."""
    for part in reversed(url.split("?")[0].split("/")[3:]):
        if category := _folders().get(part.split(".")[0].lower()):
            return Label(category, 0.7, (f"网址：/{part}",))
    return None


def column_labels(path: tuple[str, ...]) -> list[Label]:
    """Labels of a column, best first."""
    found: list[Label] = []
    for depth, name in enumerate(reversed(path)):
        hit = name_label(name)
        if hit is None:
            continue
        category, score, why = hit
        score -= (0.2 if category in _HOLDS_ANYTHING and depth else 0.12) * min(depth, 3)
        if depth == 0 and category in ("disclosure_portal", "other", "news", "notice") and score < 0.6:
            up = [h for n in reversed(path[:-1]) if (h := name_label(n))]
            if up and up[0][0] == "disclosure_portal":
                found.append(Label("disclosure_portal", 0.75, (why,)))
                break
        if found and is_a(category, found[0].category) and category != found[0].category and depth == 1:
            pass
        if all(x.category != category for x in found):
            found.append(Label(category, round(max(score if not found else min(score, found[0].score - 0.3), 0.2), 3), (why,)))
        if len(found) >= 2:
            break
    return found or [Label("other", 0.3, ("栏目名未见线索",))]

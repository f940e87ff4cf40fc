"""Planted disclosures as the pages and files that carry them, worded as such pages are."""

from __future__ import annotations

from datetime import date
from itertools import count

from tests.farm import files
from tests.farm.model import Entry, File, Thing

_ids = count(1001)


def _p(*lines: str) -> str:
    return "".join(f"<p>{x}</p>" for x in lines)


def _table(rows: list[list[str]]) -> str:
    return "<table border=1>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows) + "</table>"


def _entry(title: str, shown: date | None, html: str, thing: Thing | None, *attached: File, **more: object) -> Entry:
    return Entry(next(_ids), title, shown, html, tuple(attached), thing, **more)  # type: ignore[arg-type]


def decision_list(body: str, year: int, shown: date | None, *, own: bool = True, form: str = "html") -> Entry:
    """The yearly list of major administrative decisions, as a table or a Word file."""
    rows = [["序号", "决策事项名称", "承办部门", "计划完成时间"],
            ["1", f"{body}公共停车设施建设规划", "规划科", f"{year}年9月"],
            ["2", "老旧小区综合改造三年行动方案", "建设科", f"{year}年10月"],
            ["3", "公共体育设施向社会开放办法", "综合科", f"{year}年11月"]]
    title = f"{body}{year}年度重大行政决策事项目录"
    thing = Thing("list of major decisions", str(year), own, shown, frozenset(("items",)))
    if form == "docx":
        return _entry(title, shown, _p("现将本年度重大行政决策事项目录予以公布，详见附件。"), thing,
                      File(title + ".docx", "docx", files.docx([title], rows)), source=body)
    return _entry(title, shown, _p("经研究，现将本年度重大行政决策事项目录公布如下：") + _table(rows), thing, source=body)


def no_decisions(body: str, year: int, shown: date) -> Entry:
    """A statement that there are none."""
    return _entry(f"{body}{year}年度重大行政决策事项目录", shown, _p(f"经梳理，本单位{year}年度无重大行政决策事项。特此说明。"),
                  Thing("statement that there are no major decisions", str(year), True, shown), source=body)


def power_list(body: str, shown: date | None, holds: set[str], *, form: str = "xlsx", names: str = "") -> Entry:
    """Powers with the fields named: name, kind, basis, duties. names: another body that the rows still name."""
    fields = {"name": "权力名称", "kind": "权力类型", "basis": "设定依据", "duties": "责任事项", "accountability": "追责情形"}
    head = ["序号", *(v for k, v in fields.items() if k in holds), "行使主体"]
    cells = {"name": "道路挖掘许可", "kind": "行政许可", "basis": "《城市道路管理条例》第三十三条", "duties": "受理责任：公示办理条件",
             "accountability": "对不符合条件的申请予以批准"}
    rows = [head] + [[str(n), *(v if k != "name" else v + f"（第{n}类）" for k, v in cells.items() if k in holds), names or body]
                     for n in range(1, 9)]
    if names:
        holds = holds | {"an ended name"}
    title = f"{body}权责清单" if holds & {"duties", "accountability"} else f"{body}行政权力清单"
    thing = Thing("list of powers", "", True, shown, frozenset(holds))
    if form == "html":
        return _entry(title, shown, _p("根据职权调整情况，现公布如下。") + _table(rows), thing, source=body)
    return _entry(title, shown, _p("根据职权调整情况，现予公布，详见附件。"), thing, File(title + ".xlsx", "xlsx", files.xlsx(rows)),
                  source=body)


def no_powers(body: str, shown: date) -> Entry:
    """A statement that the body has none."""
    return _entry(f"{body}权责清单", shown, _p("经梳理，本单位无行政权力事项。"), Thing("statement that there are no powers", "", True, shown),
                  source=body)


def proposal_summary(body: str, year: int, shown: date, *, both: bool = True) -> Entry:
    """How many proposals were handled in a year."""
    text = f"{year}年，{body}共承办人大代表建议{17 + year % 7}件"
    text += f"、政协提案{12 + year % 5}件，" if both else "，"
    text += "均在规定期限内办结，办结率100%，代表和委员表示满意或基本满意。"
    return _entry(f"{body}{year}年建议提案办理总体情况", shown,
                  _p(text, "一是加强组织领导，明确专人负责；二是加强沟通走访，当面听取意见；三是及时公开办理结果。"),
                  Thing("summary of proposals", str(year), True, shown, frozenset({"motions", "proposals"} if both else {"motions"})),
                  source=body)


def reply(body: str, kind: str, session: str, number: int, shown: date) -> Entry:
    """A reply to a deputy (npc) or a member (cppcc). session: as the title names it."""
    what = "代表建议" if kind == "npc" else "提案"
    title = f"对{session}会议第{number:04d}号{what}的答复"
    return _entry(title, shown, _p(
        "尊敬的代表：" if kind == "npc" else "尊敬的委员：",
        f"您提出的关于加强公共停车管理的{what}收悉，经研究，现答复如下：",
        "近年来，我们高度重视停车难问题，会同有关部门开展专项治理，新增公共泊位一千二百个，并推进错时共享停车。下一步将继续加大建设力度，"
        "优化收费政策，完善停车诱导系统，努力缓解群众停车难。", "感谢您对我们工作的关心和支持。", f"{body}"),
        Thing("reply to a deputy" if kind == "npc" else "reply to a member", session, True, shown), source=body)


PROJECT = ["三、项目经费情况说明", "1.项目概述：道路大中修及日常养护。", "2.立项依据：城市道路养护技术规范及年度养护计划。", "3.实施主体：本单位。",
           "4.实施方案：按季度组织实施。", "5.实施周期：全年。", "6.年度预算安排：386.50万元。", "7.绩效目标：道路完好率达到95%以上。"]


def budget(body: str, year: int, shown: date | None, *, projects: bool = False, form: str = "pdf", host: str | None = None,
           answer: int = 0) -> Entry:
    """A department's or government's budget as a file, or as a page. form: pdf, scan, html."""
    title = f"{body}{year}年部门预算"
    lines = [title, "一、主要职能", "贯彻执行有关法律法规，承担行业管理职责。", "二、预算编制说明",
             f"{year}年，本部门收入预算总额为2863.40万元，支出预算总额为2863.40万元。", "收入预算总表（单位：万元）",
             "财政拨款收入 2863.40  事业收入 0.00  其他收入 0.00", "支出预算总表（单位：万元）", "基本支出 1902.30  项目支出 961.10",
             "“三公”经费和机关运行经费预算表：因公出国 6.00 公务接待 2.10 公务用车 11.80", *(PROJECT if projects else ())]
    holds = frozenset({"text", *({"a described project"} if projects else ())} if form != "scan" else set())
    thing = Thing("budget", str(year), True, shown, holds, answer=answer or 200, scanned=form == "scan")
    if form == "html":
        return _entry(title, shown, _p(*lines[1:]), thing, source=body)
    data = files.scan(lines) if form == "scan" else files.pdf(lines)
    return _entry(title, shown, _p("详见附件。"), thing, File(title + ".pdf", "pdf", data, host, answer), source=body)


ACCOUNTS = ("一、部门概况", "二、决算情况说明", "本年度收入总计2790.12万元，支出总计2790.12万元，与上年相比减少3.2%，主要原因是项目减少。", "收入支出决算总表（单位：万元）",
            "财政拨款收入 2711.00  其他收入 79.12", "财政拨款“三公”经费支出决算表：公务接待 1.20 公务用车 10.40", "三、其他重要事项的情况说明。")


def accounts(body: str, year: int, shown: date) -> Entry:
    """Final accounts of a year."""
    title = f"{body}{year}年度部门决算"
    lines = [title, "一、部门概况", "二、决算情况说明", f"{year}年度收入总计2790.12万元，支出总计2790.12万元。", "收入支出决算总表（单位：万元）",
             "财政拨款收入 2711.00  其他收入 79.12", "财政拨款“三公”经费支出决算表：公务接待 1.20 公务用车 10.40"]
    return _entry(title, shown, _p("详见附件。"), Thing("accounts", str(year), True, shown, frozenset({"text"})),
                  File(title + ".pdf", "pdf", files.pdf(lines)), source=body)


def evaluation(body: str, year: int, shown: date) -> Entry:
    """An evaluation with its grade."""
    title = f"{body}{year}年道路养护项目绩效评价报告"
    return _entry(title, shown, _p("一、项目基本情况：道路养护项目由市级财政安排资金386.50万元。", "二、绩效评价结论：经综合评价，该项目得分91.5分，评价等级为“优”。",
                                   "三、主要做法、存在问题和建议：进一步细化绩效指标，提高预算执行均衡性。"),
                  Thing("evaluation", str(year), True, shown, frozenset({"a grade"})), source=body)


def debt(body: str, area: str, year: int, shown: date) -> Entry:
    """Limit and balance of the government's debt."""
    title = f"{area}{year}年政府债务限额和余额情况"
    return _entry(title, shown, _p(f"{year}年，{area}政府债务限额为523.6亿元，年末政府债务余额为471.2亿元，未突破限额。",
                                   "其中一般债务限额301.0亿元、余额288.4亿元，专项债务限额222.6亿元、余额182.8亿元。"),
                  Thing("public debt", str(year), True, shown, frozenset({"limit", "balance"})), source=body)


def guide(body: str, shown: date, *, whole: bool = True) -> Entry:
    """The guide to disclosure."""
    lines = [f"为方便公民、法人和其他组织获取{body}的政府信息，编制本指南。", "一、主动公开的内容：政府信息的分类和编排体系见公开目录，编有索引号。",
             "二、获取方式：本单位网站、公共查阅点，也可以依申请公开。"]
    if whole:
        lines += ["三、政府信息公开工作机构", "机构名称：办公室；办公地址：中山路18号；办公时间：工作日9:00至17:00；联系电话：0000-1234567；"
                  "传真号码：0000-1234568；电子邮箱：office@example.invalid。", "受理机构自收到申请之日起20个工作日内予以答复。"]
    holds = frozenset({"arrangement", "ways", *({"the office with address, hours, phone, fax, mail"} if whole else ())})
    return _entry(f"{body}政府信息公开指南", shown, _p(*lines), Thing("guide", "", True, shown, holds), source=body)


def annual_report(body: str, year: int, shown: date) -> Entry:
    """The yearly report on disclosure."""
    return _entry(f"{body}{year}年政府信息公开工作年度报告", shown, _p(
        "本报告根据《中华人民共和国政府信息公开条例》编制。", "一、总体情况", f"{year}年，{body}主动公开政府信息326条。", "二、收到和处理政府信息公开申请情况：新收12件，均已答复。",
        "三、存在的主要问题及改进情况。"), Thing("annual report", str(year), True, shown), source=body)


def organisation(body: str, shown: date | None) -> Entry:
    """What the body does, where it sits."""
    return _entry(f"{body}主要职责和内设机构", shown, _p(
        f"{body}负责贯彻执行有关法律法规和方针政策，拟订本行业发展规划并组织实施，承担行业监督管理职责。", "内设机构：办公室、综合科、规划科、法规科、财务科。",
        "办公地址：中山路18号；办公时间：工作日9:00至17:00；联系电话：0000-1234567。负责人：王平。"),
        Thing("organisation", "", True, shown), source=body)


def random_list(title: str, shown: date) -> Entry:
    """What is inspected at random, item by item."""
    return _entry(title, shown, _p("抽查事项：科技项目执行情况。抽查依据：有关管理办法。抽查比例：10%。"),
                  Thing("list of things inspected at random", "2019", True, shown))


def interpretation(policy: str, shown: date) -> Entry:
    """What a policy means, with its background, content and scope. policy: its title."""
    name = policy.split("《")[1].split("》")[0] if "《" in policy else policy
    return _entry(f"《{name}》政策解读", shown, _p("一、背景依据：为规范管理、回应社会关切，依据有关法律法规制定。", "二、目标任务：到年底前建立健全长效机制。",
                                          "三、主要内容：明确职责分工、管理要求和监督检查。", "四、适用范围：本行政区域内的单位和个人。"),
                  Thing("interpretation of a policy", policy, True, shown, frozenset({"background", "aims", "content", "scope"})))


def draft(body: str, name: str, shown: date) -> Entry:
    """A draft decision on which the public is asked."""
    return _entry(f"关于《{name}（征求意见稿）》公开征求意见的公告", shown, _p(
        f"{body}起草了《{name}（征求意见稿）》，现向社会公开征求意见，公众可于三十日内通过信函或者电子邮件提出。", "附：征求意见稿全文和起草说明。第一条为加强管理制定本办法。"),
        Thing("draft decision", name, True, shown), source=body)


def feedback(body: str, name: str, shown: date) -> Entry:
    """What became of the opinions on a draft."""
    return _entry(f"《{name}（征求意见稿）》意见采纳情况", shown, _p(
        f"{body}就《{name}（征求意见稿）》公开征求意见，共收到意见12条，采纳9条，未采纳3条。", "未采纳的主要原因：与上位法规定不一致。"),
        Thing("answer to opinions", name, True, shown), source=body)


def gazette(area: str, year: int, number: int, shown: date) -> Entry:
    """One issue of the government's gazette."""
    return _entry(f"{area}人民政府公报{year}年第{number}期", shown, _p("目录：区政府文件、部门文件、政策解读、人事任免。", "本期公报收录文件十二件，可下载全文，也可在公共查阅点取阅。"),
                  Thing("gazette", str(year), True, shown, frozenset({f"issue {number}"})), source=f"{area}人民政府")


def noise(title: str, shown: date | None, *paragraphs: str) -> Entry:
    """A page that discloses nothing of what is asked."""
    return _entry(title, shown, _p(*paragraphs), None)

"""The disclosures that can be planted, each with its page and its neutral record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.farm import files
from tests.farm.model import File, Page, Planted, Site

POWER = ("item", "type", "basis")
BUDGET = ("summary", "three_public")


def _table(rows: list[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{c}</th>" for c in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows[1:])
    return f'<table border="1" cellspacing="0"><tr>{head}</tr>{body}</table>'


def _lines(lines: list[str]) -> str:
    return "\n".join(f"<p>　　{line}</p>" for line in lines)


def add(site: Site, planted: Planted, title: str, column: str, body: str, file: File | None = None,
        header: tuple[tuple[str, str], ...] = ()) -> None:
    """Put one disclosure on the site."""
    site.pages.append(Page(title, column, planted.day, body, planted.id, header, (file,) if file else (), until=planted.gone))
    site.planted.append(planted)


def decision_list(site: Site, *, id: str = "decision-2019", year: int = 2019, day: date = date(2019, 5, 20), column: str = "zdjc",
                  issuer: str = "self", gone: date | None = None) -> None:
    """The year's list of major decisions as a table; as the word of another body where issuer says so."""
    body = site.name if issuer == "self" else issuer
    rows = [("序号", "决策事项", "承办单位", "计划完成时间"), ("1", f"{site.short}综合交通规划", "综合科", "6月"), ("2", "公共停车收费标准调整", "业务科", "9月"),
            ("3", "社区养老设施布局方案", "规划科", "11月")]
    add(site, Planted(id, "decision_list", day, year, issuer=issuer, gone=gone), f"{body}{year}年度重大行政决策事项目录", column,
        _lines([f"根据重大行政决策程序有关规定，现将{body}{year}年度重大行政决策事项目录公布如下："]) + _table(rows))


def no_decisions(site: Site) -> None:
    """The statement that the year has none."""
    day = date(2019, 4, 18)
    title = f"{site.name}2019年度重大行政决策事项目录"
    add(site, Planted("decision-2019", "decision_list", day, 2019, "statement"), title, "zdjc", _lines(["经研究，本单位2019年度无重大行政决策事项。特此公告。"]))


def power_list(site: Site, *, form: str = "html", day: date = date(2019, 9, 12), named: str = "", host: str = "") -> None:
    """The list of powers: in the page, in a workbook, or as a scan."""
    body = named or site.name
    rows: list[tuple[str, ...]] = [("序号", "事项名称", "职权类型", "实施依据", "责任事项", "实施主体")]
    for n, (name, kind) in enumerate((("场所设立许可", "行政许可"), ("违规经营处罚", "行政处罚"), ("年度监督检查", "行政检查"), ("补助资金给付", "行政给付")), 1):
        rows.append((str(n), name, kind, "《林杉市管理条例》第十二条", "受理、审查、决定、送达", body))
    title = f"{body}权责清单（{day.year}年版）"
    has = () if form == "scan" else POWER
    planted = Planted("power", "power_list", day, day.year, form, has=has, note="former_name" if named else "")
    if form == "html":
        add(site, planted, title, "qzqd", _lines([f"{day.year}年动态调整后的权责清单如下："]) + _table(rows))
        return
    kind, ext, content = (files.XLSX, "xlsx", files.xlsx(rows)) if form == "xlsx" else (files.PDF, "pdf", files.scan())
    file = File(f"{title}.{ext}", f"/files/power.{ext}", content, kind, host)
    add(site, planted, title, "qzqd", _lines(["详见附件。"]), file)


def no_powers(site: Site) -> None:
    """The statement that the body has no powers."""
    day = date(2019, 3, 15)
    add(site, Planted("power", "power_list", day, 2019, "statement"), f"{site.name}权责清单", "qzqd", _lines(["本单位无行政权力事项。"]))


def proposals(site: Site, *, replies_of: int = 2019) -> None:
    """The year's summary and one full reply."""
    add(site, Planted("proposal-summary", "proposal_summary", date(2019, 11, 28), 2019), f"{site.name}2019年建议提案总体办理情况", "jyta",
        _lines([f"2019年，{site.name}共承办人大代表建议18件、政协提案12件，全部按期办结，代表委员满意率100%。"]))
    session = {2019: "三", 2018: "二"}[replies_of]
    add(site, Planted("proposal-reply", "proposal_reply", date(replies_of, 8, 6), replies_of),
        f"对市十五届人大{session}次会议第{site.id.__len__() * 7}号代表建议的答复", "jyta",
        _lines(["代表：", f"您在市十五届人大{session}次会议上提出的《关于完善社区养老设施的建议》收悉，现答复如下：", "一、基本情况。目前已建成社区养老服务设施42处。",
                "二、下一步工作。将把新增设施列入年度计划，并向社会公开进度。", "感谢您对我们工作的关心和支持。", f"{site.name}", f"{replies_of}年7月30日"]))


def budget(site: Site, *, form: str = "pdf", host: str = "", day: date = date(2019, 2, 26)) -> None:
    """The year's budget with its tables, in a file or in the page."""
    lines = [f"{site.name}2019年{_unit(site)}预算", "一、主要职能与机构设置", "二、2019年收支预算总表", "收入总计 8642.15万元 支出总计 8642.15万元",
             "三、一般公共预算支出表", "社会保障支出 1204.30万元", "四、2019年“三公”经费预算表", "因公出国（境）费 12.00万元 公务用车购置及运行费 36.50万元 公务接待费 8.20万元"]
    _money(site, "budget-2019", "budget_plan", 2019, day, form, host, f"{site.name}2019年度{_unit(site)}预算", "ys", lines, BUDGET)


def accounts(site: Site, *, form: str = "docx") -> None:
    """Last year's final accounts."""
    lines = [f"{site.name}2018年度{_unit(site)}决算", "一、收入支出决算总表", "本年收入合计 8120.44万元 本年支出合计 8098.71万元", "二、“三公”经费支出决算表", "合计 49.83万元"]
    _money(site, "accounts-2018", "final_accounts", 2018, date(2019, 8, 23), form, "", f"{site.name}2018年度{_unit(site)}决算", "js", lines, BUDGET)


def _unit(site: Site) -> str:
    return "部门" if site.level == "bureau" else "政府"


def _money(site: Site, id: str, what: str, year: int, day: date, form: str, host: str, title: str, column: str, lines: list[str],
           has: tuple[str, ...]) -> None:
    planted = Planted(id, what, day, year, form, has=has)
    if form == "html":
        add(site, planted, title, column, _lines(lines))
        return
    kind, content = (files.PDF, files.pdf(tuple(lines))) if form == "pdf" else (files.DOCX, files.docx(lines))
    add(site, planted, title, column, _lines(["详见附件。"]), File(f"{title}.{form}", f"/files/{id}.{form}", content, kind, host))


def evaluation(site: Site) -> None:
    """Last year's performance evaluation."""
    add(site, Planted("evaluation-2018", "performance_evaluation", date(2019, 9, 20), 2018), f"{site.name}2018年度项目支出绩效评价结果", "jx",
        _lines(["项目名称：社区服务设施更新。评价得分：91.2分，评价等级：优。", "主要绩效：完成更新点位36处。存在问题：资金支付进度偏慢。"]))


def interpretation(site: Site, *, day: date = date(2019, 6, 12)) -> None:
    """One interpretation of a policy."""
    add(site, Planted("interpretation", "policy_interpretation", day, day.year), "《社区养老服务补助实施办法》政策解读", "zcjd",
        _lines(["一、制定背景。为完善养老服务体系，制定本办法。", "二、主要内容。明确补助对象、标准和申领程序。", "三、施行时间。自2019年7月1日起施行。"]))


def guide(site: Site, *, whole: bool = True) -> None:
    """The disclosure guide with the office's particulars."""
    lines = [f"为方便公民、法人和其他组织获取政府信息，{site.name}编制本指南。", "一、主动公开的信息分类和编排体系", "二、获取方式：本网站政府信息公开专栏。",
             f"三、政府信息公开工作机构：{site.name}办公室"]
    if whole:
        lines += [f"办公地址：林杉市{site.short}和平路{len(site.id) * 11}号", "办公时间：工作日9:00-11:30，13:30-17:00（法定节假日除外）", "联系电话：0990-5550123", "传真号码：0990-5550124"]
    has = ("office", "address", "hours", "phone") if whole else ("office",)
    add(site, Planted("guide", "disclosure_guide", date(2019, 5, 15), None, has=has), f"{site.name}政府信息公开指南", "gkzn", _lines(lines))


def annual_report(site: Site) -> None:
    """The report on 2018's disclosure work."""
    day = date(2019, 3, 22)
    add(site, Planted("annual-2018", "disclosure_annual_report", day, 2018), f"{site.name}2018年政府信息公开工作年度报告", "gknb",
        _lines(["本年度报告由概述、主动公开、依申请公开、复议诉讼、存在问题等部分组成。", "一、概述。2018年共主动公开政府信息326条。", "二、依申请公开。收到申请14件，均按期答复。"]))


def site_report(site: Site) -> None:
    """The yearly sheet on the website itself: not the report on disclosure."""
    add(site, Planted("site-report-2018", "site_report", date(2019, 1, 25), 2018), f"{site.name}2018年政府网站工作年度报表", "gknb",
        _lines(["网站名称、首页网址、主办单位、独立用户访问总量、信息发布总数等见附表。"]))


def organisation(site: Site) -> None:
    """Functions, address and phone."""
    add(site, Planted("organisation", "organisation", date(2019, 4, 2), None, has=("functions", "address", "phone")), f"{site.name}机构职能", "jgzn",
        _lines([f"{site.name}主要职责：（一）贯彻执行有关法律法规；（二）拟订发展规划并组织实施；（三）承办上级交办的其他事项。", f"办公地址：林杉市{site.short}和平路{len(site.id) * 11}号",
                "办公时间：工作日9:00-17:00", "联系电话：0990-5550100", "负责人：周明远"]))


STANDARD: dict[str, Callable[[Site], None]] = {
    "decision": decision_list, "power": power_list, "proposals": proposals, "budget": budget, "accounts": accounts, "evaluation": evaluation,
    "interpretation": interpretation, "guide": guide, "annual": annual_report, "organisation": organisation,
}

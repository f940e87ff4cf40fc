"""How reasons and dates are called in findings and reports."""

from __future__ import annotations

from db.words import Reason

DATED_BY = {"page": "页面所示发布日期", "meta": "页面元数据", "list": "列表所示日期", "written": "成文日期", "signed": "成文日期，所示发布日期早于它", "sighting": "首次看到",
            "none": "无日期", "": ""}
REASONS: dict[Reason, str] = {
    Reason.BLOCKED: "网站拒绝访问或要求验证", Reason.TIMEOUT: "访问超时", Reason.DNS: "域名无法解析", Reason.RESOLVER: "域名解析服务出错",
    Reason.REFUSED: "连接被拒绝", Reason.TLS: "安全连接失败", Reason.HTTP_ERROR: "服务器出错", Reason.GONE: "页面不存在",
    Reason.MOVED: "网站已迁移或关闭", Reason.HIJACKED: "页面疑被篡改", Reason.ROBOTS: "robots.txt 不允许读取",
    Reason.ROBOTS_UNREADABLE: "robots.txt 读取失败，不能确认是否允许", Reason.GUARDED: "地址不在允许连接的范围", Reason.TOO_LARGE: "文件过大",
    Reason.TRUNCATED: "内容不完整", Reason.BUDGET: "本次抓取额度用完，尚未读完", Reason.NEEDS_RENDERING: "内容由脚本生成，未能显示",
    Reason.NEEDS_LOGIN: "需要登录", Reason.UNREADABLE: "内容无法读出", Reason.MOJIBAKE: "乱码", Reason.SCANNED: "扫描件，文字未能读出",
    Reason.ENCRYPTED: "文件加密", Reason.HTML_INSTEAD: "附件实为错误页面", Reason.LIST_CAPPED: "列表总数被系统截断",
    Reason.NOT_CAPTURED: "所收存档未包含该页面", Reason.NOT_SEARCHED: "尚未读取该网站", Reason.NOT_FETCHED: "尚未读取",
    Reason.ABSENT: "未找到", Reason.OTHER_YEAR: "其他年度", Reason.OTHER_BODY: "其他单位", Reason.OTHER_KIND: "同类的其他内容", Reason.TITLE_ONLY: "只有标题",
    Reason.ENTRANCE_ONLY: "只有入口", Reason.WITHDRAWN: "曾公开后撤下", Reason.NOT_VISIBLE: "页面上看不到", Reason.LATE: "晚于期限",
    Reason.STALE: "更新不及时", Reason.NOT_DUE: "尚未到期", Reason.NOT_BOUND: "不受该条约束", Reason.FACT_SAYS_NO: "无此职责",
    Reason.FACT_UNSET: "有无此职责尚未登记", Reason.DECLARED_NONE: "声明无此类事项", Reason.NO_DATE: "没有日期", Reason.NO_START: "没有起算日",
    Reason.NO_LIMIT: "规则未定期限", Reason.BULK_DATE: "日期为批量迁移所致", Reason.OBSERVED_TOO_EARLY: "查看时间早于期限",
    Reason.OBSERVED_TOO_LATE: "查看时间过晚", Reason.AFTER_AS_OF: "审计日之后才公开", Reason.FIELDS_MISSING: "要素不全",
    Reason.TOO_FEW: "数量不足", Reason.NOT_UPDATED: "未随变化更新", Reason.PUBLISHED: "已公开", Reason.PUBLISHED_IN_TIME: "按时公开",
    Reason.NO_IPV6_HERE: "本机没有IPv6网络", Reason.AAAA_PRESENT: "有AAAA记录", Reason.NO_AAAA: "没有AAAA记录",
    Reason.AAAA_NOT_PUBLIC: "AAAA记录不是公网地址", Reason.AAAA_BUT_UNREACHABLE: "有AAAA记录但IPv6无法访问",
    Reason.NOT_PROBED: "尚未探测", Reason.ONE_NIGHT_ONLY: "只看过一日",
    Reason.REACHABLE: "可以访问", Reason.NO_A: "没有A记录", Reason.LAME: "名称服务器不负责该域", Reason.SAME_CONTENT: "内容一致",
    Reason.CONTENT_DIFFERS: "内容不一致", Reason.OTHER_SITE: "显示的是其他网站", Reason.SUPPORTED: "达到要求", Reason.STRADDLES: "抽样误差范围内无法判定",
    Reason.NO_TLS: "未提供HTTPS", Reason.TLS_OUTDATED: "TLS版本过时", Reason.CERTIFICATE_GOOD: "证书有效", Reason.CERTIFICATE_ENDING: "证书即将到期",
    Reason.CERTIFICATE_EXPIRED: "证书已过期", Reason.CERTIFICATE_UNTRUSTED: "证书不受信任", Reason.CERTIFICATE_OF_ANOTHER: "证书不属于该域名",
    Reason.DOWN: "网站无法访问", Reason.UPDATED: "更新及时", Reason.EMPTY: "栏目空白", Reason.UNANSWERED: "留言长期未答复",
    Reason.FUTURE_DATE: "日期晚于当天", Reason.DUPLICATE: "内容重复", Reason.DEAD_LINKS: "链接打不开", Reason.IN_ORDER: "符合要求",
    Reason.SEARCH_FAILS: "站内搜索不可用", Reason.DOMAIN_RULE: "域名不合规范",
}

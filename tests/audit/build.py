"""A site's facts from small pages and nights, through the real readers and classifier, without network or database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from audit.duty import bind
from audit.edition import Edition, load
from audit.model import Evidence, Finding
from audit.run import Order, judge
from audit.searched import Search
from audit.view import SiteView
from db.facts import FetchFact, PageFact, ProbeFact, RunFact, Sighting, SiteFacts
from db.urls import host_of, page_key
from db.words import Fact, Host, Level, Outcome, PageRef, Reason, Role, Site, Status, fault_of
from spiders.index import content_sha, label_document
from spiders.read import read

ORIGIN = "http://www.qinghe.example"
NIGHT = datetime(2020, 1, 6, 2, tzinfo=UTC)
@dataclass(frozen=True)
class Listed:
    """A JSON list as the spider meets it: with the column of the page that asked for it."""

    body: str
    column: tuple[str, ...]


Answer = str | bytes | Reason | int | Listed


def page(title: str, body: str, where: str = "") -> str:
    """A page with a breadcrumb of ``where`` (names parted by >)."""
    crumbs = "".join(f' &gt; <a href="/{i}/">{name}</a>' for i, name in enumerate(where.split(">"))) if where else ""
    crumb = f'<div class="location">当前位置：<a href="/">首页</a>{crumbs}</div>' if where else ""
    return f"<html><head><title>{title}</title></head><body>{crumb}<h1>{title}</h1>{body}</body></html>"


def listing(name: str, rows: list[tuple[str, str, str]], empty: str = "") -> str:
    """A column with (href, title, date) rows."""
    items = "".join(f'<li><a href="{href}">{title}</a><span>{day}</span></li>' for href, title, day in rows)
    return (f'<html><head><title>{name}</title></head><body><div>当前位置：<a href="/">首页</a> &gt; <a href="/gk/">信息公开</a> &gt; {name}</div>'
            f"<ul>{items}</ul><p>{empty}</p></body></html>")


def home(*columns: tuple[str, str]) -> str:
    """A home page with links to columns."""
    fill = "".join(f'<li><a href="/news/{n}/">要闻频道{n}</a></li>' for n in range(2))
    links = "".join(f'<li><a href="{href}">{name}</a></li>' for name, href in columns)
    return f"<html><head><title>清河区</title></head><body><ul>{links}{fill}</ul>" + "<p>欢迎访问本网站，办事请登录一网通办。</p>" * 5 + "</body></html>"


def doc(title: str, day: str, text: str, files: str = "", source: str = "") -> str:
    """A detail."""
    shown = f"<p>发布日期：{day}　来源：{source or '清河区人民政府'}</p>" if day else ""
    return page(title, f"{shown}<div class=content><p>{text}</p>{files}</div>", "信息公开>栏目")


LIST_TEXT = "现公布如下：" + "".join(f"{n}、公共设施建设规划（承办部门：规划科，完成时间：10月）；" for n in range(1, 8))


@dataclass
class Town:
    """One site over nights. set() changes what stands; look() fetches everything that stands, links or not."""

    name: str = "清河区人民政府"
    level: Level = Level.DISTRICT
    facts: dict[str, bool | str] = field(default_factory=lambda: {"has_powers": True, "handles_proposals": True, "budget_unit": True})
    formerly: tuple[str, ...] = ()
    hosts: tuple[Host, ...] = ()
    stands: dict[str | PageRef, Answer] = field(default_factory=dict)
    nights: list[tuple[datetime, dict[str | PageRef, Answer]]] = field(default_factory=list)
    probes: list[ProbeFact] = field(default_factory=list)
    stage: str = "crawl"

    def set(self, pages: Mapping[str, Answer] | Mapping[PageRef, Answer]) -> Town:
        """Paths (or whole addresses) and what they answer: HTML, bytes, a status, or a Reason."""
        self.stands.update(pages)
        return self

    def look(self, at: datetime = NIGHT) -> Town:
        """One night."""
        self.nights.append((at, dict(self.stands)))
        return self

    @property
    def site(self) -> Site:
        """Its row."""
        facts = {k: Fact(v, "invented", date(2020, 1, 1)) for k, v in self.facts.items()}
        return Site("qinghe", self.name, self.level, (Host(ORIGIN), *self.hosts), formerly=self.formerly, short_names=("清河区",), facts=facts)

    def at(self, until: datetime) -> SiteFacts:
        """Facts as known at a moment."""
        pages: dict[str, PageFact] = {}
        runs = []
        for n, (at, answers) in enumerate(self.nights, 1):
            if at > until:
                break
            runs.append(RunFact(n, self.stage, at, at, "simulated"))
            for path, answer in answers.items():
                ref = path if isinstance(path, PageRef) else PageRef(path if "://" in path else ORIGIN + path)
                pages[page_key(ref)] = _fetched(pages.get(page_key(ref)), ref, at, n, answer)
        return SiteFacts(self.site, until, pages, tuple(runs), tuple(p for p in self.probes if p.at <= until))

    def finding(self, indicator: str, *, edition: str | Edition = "shanghai-2019", as_of: date = date(2019, 12, 31),
                year: int | None = None) -> Finding:
        """The finding of one indicator."""
        rules = load(edition) if isinstance(edition, str) else edition
        until = max([n for n, _ in self.nights] + [p.at for p in self.probes])
        order = Order(rules, (self.site,), as_of, until, "test", year)
        facts_at: Callable[[datetime], SiteFacts] = self.at
        return sound(judge(SiteView.of(self.at(until), facts_at), order)[indicator])


def sound(finding: Finding) -> Finding:
    """What every finding owes its reader, whatever it says: words, and something that a stranger can check."""
    assert isinstance(finding.words, str)
    assert len(finding.words) >= 4
    assert isinstance(finding.evidence, tuple)
    assert isinstance(finding.searches, tuple)
    assert all(isinstance(e, Evidence) and e.url and isinstance(e.note, str) for e in finding.evidence)
    assert all(isinstance(s, Search) for s in finding.searches)
    assert finding.count is None or isinstance(finding.count, int)
    assert finding.points is None or 0 <= finding.points <= 1
    assert (finding.fault is not None) == (finding.status is Status.UNKNOWN), "an unknown has somebody's fault, nothing else has"
    if finding.status is Status.FAIL:
        assert finding.evidence or any(s.enough for s in finding.searches), "nothing shows it"
    elif finding.status in (Status.PASS, Status.PARTIAL):
        assert finding.evidence, "nothing shows it"
    return finding


def _fetched(old: PageFact | None, ref: PageRef, at: datetime, run: int, answer: Answer) -> PageFact:
    before = old.fetches if old else ()
    if isinstance(answer, Reason) and answer is not Reason.GONE:
        fetch = FetchFact(at, run, Outcome.FAILED, None, answer, fault_of(answer), None, "test.warc.gz:0")
        return PageFact(page_key(ref), ref, host_of(ref.url), (*before, fetch), old.doc if old else None, old.labels if old else (),
                        old.sightings if old else ())
    gone = answer is Reason.GONE or isinstance(answer, int)
    status = (answer if isinstance(answer, int) else 404) if gone else 200
    listed = answer if isinstance(answer, Listed) else None
    answer = listed.body if listed is not None else answer
    body = f"<html><title>{status}</title><h1>{status}</h1></html>".encode() if gone else (
        answer.encode() if isinstance(answer, str) else bytes(answer))  # type: ignore[arg-type]
    document = read(body, url=ref.url, headers={"content-type": "text/html; charset=utf-8"} if body[:1] == b"<" else {"content-type": "application/json"} if body[:1] == b"{" else {}, status=status, ref=ref)
    if listed is not None:
        document = replace(document, column=listed.column)
    labels = label_document(document)
    reason = None if document.kind.readable else document.reason or Reason.UNREADABLE
    sha = hashlib.sha256(body).hexdigest()
    fetch = FetchFact(at, run, Outcome.OK, status, reason, fault_of(reason), sha, "test.warc.gz:0")
    content = content_sha(document, sha)
    seen = {s.content_sha: s for s in (old.sightings if old else ())}
    if document.kind.readable:
        first = seen[content].first_at if content in seen else at
        seen[content] = Sighting(content, first, at)
    keep = old is not None and old.doc is not None and old.doc.kind.readable and not document.kind.readable
    return PageFact(page_key(ref), ref, host_of(ref.url), (*before, fetch), old.doc if keep and old else document,
                    old.labels if keep and old else labels, tuple(sorted(seen.values(), key=lambda s: s.first_at)))


__all__ = ["LIST_TEXT", "NIGHT", "ORIGIN", "Listed", "Role", "Town", "bind", "doc", "home", "listing", "page"]

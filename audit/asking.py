"""What a site says of itself beside its columns: its sitemap, and its own search; asked when all else is read and nothing was found."""

from __future__ import annotations

import re

from audit.classify import THRESHOLD, is_a
from audit.links import Candidate, labels_for
from audit.searched import Want
from audit.sitesearch import of_site, words_of
from audit.survey import Survey
from db.facts import PageFact
from db.urls import canonical
from db.words import PageRef, Question

MAPS = 4  # sitemaps read of a site
_NAMED = re.compile(r"sitemap:\s*(\S+)", re.I)
_PAGE = re.compile(r"/(?!(?:index|default|list)[\w\-]*\.)[^/]+$|\?", re.I)  # not a folder or its first page
HITS = 40  # results of one query, or addresses of the sitemap, that are looked at


def sitemaps_of(view: Survey) -> list[PageRef]:
    """Those that robots.txt names, else the usual address; then those that an index of sitemaps leads to."""
    origins = [h.url for h in view.site.hosts if h.role.value == "own"]
    known = view.facts.pages
    said = [p.doc.text for o in origins if (p := known.get(view.key(PageRef(o + "/robots.txt")))) is not None and p.doc is not None]
    named = [u for text in said for m in _NAMED.findall(text) if (u := canonical(m)) and view.inside(u)]
    first = [PageRef(u) for u in dict.fromkeys(named or [o + "/sitemap.xml" for o in origins])][:MAPS]
    docs = [p.doc for r in first if (p := known.get(view.key(r))) is not None and p.doc is not None and p.doc.family == "sitemap_index"]
    newest = sorted((x for d in docs for x in d.links if view.inside(x.target)), key=lambda x: (x.list_date or "", x.target), reverse=True)
    return [*first, *(PageRef(x.target) for x in newest[:MAPS])]


class Asking:
    """The part of a search's work that asks. fitting: keys of the lists that fit, with their paths; left: paths of lists that need not be
    read to their end; hints: pages that may lead on, of which no verdict waits; queries: what was asked, on record."""

    view: Survey
    q: Question
    fitting: dict[str, tuple[str, ...]]
    left: set[tuple[str, ...]]
    wanted: dict[str, Want]
    hints: dict[str, Want]
    queries: list[str]

    def look(self, ref: PageRef, priority: float, why: str, *, binding: bool = True, again: bool = True, name: str = "",
             column: tuple[str, ...] = (), weekly: bool = False) -> PageFact | None:
        """See audit.search."""
        raise NotImplementedError

    def _outside(self, candidate: Candidate) -> bool:
        raise NotImplementedError

    def sitemaps(self) -> None:
        """Addresses that a sitemap names in the folders of the fitting columns, read to their end, and no page leads to."""
        refs = sitemaps_of(self.view)
        maps = [self.look(ref, 1.8, "网站地图", binding=False, weekly=True) for ref in refs]
        for key in [k for k in map(self.view.key, refs) if k in self.wanted]:
            self.hints[key] = self.wanted.pop(key)
        read = [p.doc for p in maps if p is not None and p.doc is not None and p.doc.family == "sitemap"]
        if not read:
            if all(self.view.was_fetched(self.view.key(r)) for r in refs):
                self.queries.append("没有可读的网站地图")
            return
        whole = (self.view.facts.pages[k].ref.url for k, path in self.fitting.items() if path not in self.left)
        folders = tuple(f for url in whole if (f := canonical(url).rpartition("/")[0] + "/").count("/") > 3)
        links = {x.target: x for doc in read for x in doc.links}
        fresh = sorted(t for t in links if folders and t.startswith(folders) and _PAGE.search(t) and self.view.inside(t)
                       and self.view.unlisted(PageRef(t)))
        self.queries.append(f"网站地图：{len(links)}个网址，其中{len(fresh)}个在相关栏目之下而不见于列表")
        for target in fresh[:HITS]:
            if not self._outside(Candidate(PageRef(target), "", (), links[target].list_date, 0.5)):
                self.look(PageRef(target), 3, "网站地图所列", again=False)

    def ask_site(self) -> None:
        """Ask the site's search for the category's words, if it finds a title known to be there; what it finds is a candidate."""
        search, why = of_site(self.view)
        if search is None:
            self.queries.append(why)
            return
        proof = self.look(search.ask(search.title), 1.5, "站内搜索：已知标题", binding=False, weekly=True)
        if proof is None:
            if self.view.was_fetched(self.view.key(search.ask(search.title))):
                self.queries.append("站内搜索打不开，不作依据")
            return
        if not search.finds_it(self.view, proof):
            self.queries.append(f"站内搜索找不到已知标题“{search.title}”，不作依据")
            return
        for words in dict.fromkeys(w for c in self.q.categories for w in words_of(c)):
            page = self.look(search.ask(words), 1, f"站内搜索：{words}", binding=False, weekly=True)
            if page is None or page.doc is None:
                if self.view.was_fetched(self.view.key(search.ask(words))):
                    self.queries.append(f"站内搜索“{words}”：结果未能读取")
                continue
            hits = [x for x in page.doc.links if len(x.title or x.anchor) >= 6 and self.view.inside(x.target)]
            self.queries.append(f"站内搜索“{words}”：{len(hits)}条（已知标题“{search.title[:20]}”可搜到）")
            for link in hits[:HITS]:
                name = link.title or link.anchor
                if any(is_a(x.category, c) and x.score >= THRESHOLD for x in labels_for(name, ())[:1] for c in self.q.categories):
                    found = Candidate(PageRef(link.target), name, (), link.list_date, 0.9)
                    if not self._outside(found):
                        self.look(found.ref, 9, f"站内搜索所得：{name[:30]}", again=False, name=name)

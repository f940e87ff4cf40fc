"""One site in every family, as it is and said otherwise: title, date, column and kind are read from every one."""

from __future__ import annotations

import pytest

from db.words import Kind
from gongkai.evaluation.perturb import PERTURBATIONS
from spiders.read import read
from spiders.read.charset import decode
from spiders.read.title import norm
from tests.farm.labels import pages, webs

WEBS = dict(webs())
# kind owes something to these: a column page without address or breadcrumb may as well be a portal
KIND_MAY_DIFFER = frozenset(("address-hidden", "crumbs-moved"))


@pytest.mark.parametrize("how", ["as saved", *PERTURBATIONS])
@pytest.mark.parametrize("family", sorted(WEBS))
def test_every_page_of_a_template_is_read_right(family: str, how: str) -> None:
    wrong = []
    for label, url, answer in pages(family, WEBS[family]):
        text, at = decode(answer.body, answer.type).text, url
        if how != "as saved":
            text, at = PERTURBATIONS[how]((text, url))
        doc = read(text.encode(), url=at, headers={"content-type": "text/html; charset=utf-8"})
        if doc.kind.value != label["kind"] and how not in KIND_MAY_DIFFER:
            wrong.append((url, "kind", label["kind"], doc.kind.value))
        if doc.kind is not Kind.DETAIL or label["kind"] != "detail":
            continue
        found = doc.published.value if doc.published else None
        got = {"title": norm(doc.title), "published": found, "column": [norm(c) for c in doc.column]}
        wanted = {"title": norm(label["title"]), "published": label["published"], "column": [norm(c) for c in label["column"]]}
        wrong += [(url, k, wanted[k], got[k]) for k in wanted if got[k] != wanted[k]]
    assert not wrong, "\n".join(map(str, wrong))

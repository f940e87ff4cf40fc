"""The verbs on editions: what they say of the shipped ones, of imported ones, of wrong ones, and of what was crawled."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from audit.edition import FOLDER, known, load
from audit.importing import as_toml, drafts
from audit.schema import NAME, schema
from audit.whatif import changed
from db.errors import ConfigError
from tests.conftest import SHARED, gongkai

HEAD = "rule_id,section,indicator,item_no,text\n"
TABLE = HEAD + """X-A-001,一、主动公开（60%）,制度公开,1,公开政府信息公开指南，未公开的，扣0.5分。
X-A-002,一、主动公开（60%）,部门公开,2,"公开义务教育政策，未公开的，每1项扣0.2分；行政复议纠错的，每出现1例扣2分。"
X-B-003,二、平台（40%）,平台,1,网站具备便捷信息检索功能，不具备的，扣0.5分。
X-B-004,二、平台（40%）,平台,2,开展业务培训，未开展的，扣0.2分。
X-B-005,二、平台（40%）,平台,3,由工作机构根据情况计分。
"""


def test_a_scheme_is_imported_and_runs_as_it_is(tmp_path: Path) -> None:
    table, out = tmp_path / "rules.csv", tmp_path / "x.toml"
    table.write_text(TABLE, "utf-8")
    done = gongkai_at(tmp_path, "editions", "import", str(table), "--id", "x", "--name", "评分表", "--source", "某市", "--out", str(out), "--json")
    assert done["rules"] == 5
    assert done["not_observable"] == ["X-B-004", "X-B-005"]
    edition = load(str(out))
    assert edition.points == {"A": 60.0, "B": 40.0}
    rows = {i.id: i for i in edition.indicator}
    assert set(rows) == {"A001.1", "A002.1", "B003.1"}
    assert rows["A002.1"].units == ("education",), "a rule on a field binds its bodies only"
    assert (rows["A002.1"].deduct.per, rows["A002.1"].deduct.cap) == (0.2, 1.0)  # type: ignore[union-attr]
    assert (rows["A001.1"].deduct.per, rows["A001.1"].deduct.cap) == (0.5, 0.5)  # type: ignore[union-attr]
    task = next(t for t in edition.task if t.id == 2)
    assert task.observable == "partial"
    assert "复议" in task.why


@pytest.mark.parametrize(("table", "words"), [
    ("rule_id,text\nX,扣1分\n", "rules.csv:1: no column section"),
    (HEAD + "X-A-001,主动公开,a,1,未公开的扣1分。\n", "rules.csv:2: section: no name with points"),
    (HEAD + "X-A-001,一、公开（60%）,a,1,未公开的扣1分。\nX-A-001,一、公开（60%）,a,1,未公开的扣1分。\n", "rules.csv:3: rule_id: X-A-001 also in line 2"),
    (HEAD + "X-A-001,一、公开（60%）,a,1,未公开的扣1分。\nX-A-002,一、公开（50%）,a,1,未公开的扣1分。\n", "rules.csv:3: section: A was"),
])
def test_a_wrong_table_is_told_with_its_line(tmp_path: Path, table: str, words: str) -> None:
    (tmp_path / "rules.csv").write_text(table, "utf-8")
    with pytest.raises(ConfigError, match=words.replace("(", r"\(")):
        drafts(tmp_path / "rules.csv")


def test_the_shipped_scheme_is_what_the_verb_makes_of_the_table() -> None:
    source = SHARED / "editions" / "suqian_dept_v1_rules.csv"
    if not source.is_file():
        pytest.skip("needs ../shared/editions (the published table), which is not here")
    chapters, rules = drafts(source)
    edition = load("suqian-dept")
    made = as_toml(chapters, rules, ident=edition.id, name=edition.name, source=edition.source, times=5)
    assert made == (FOLDER / "suqian-dept.toml").read_text("utf-8")
    assert sum(p for _, p in chapters.values()) == 100.0
    assert len(rules) == 67


def test_what_a_table_calls_automatic_is_judged_by_its_words() -> None:
    """复议败诉 and 通报 are no pages of the body, whatever the table's own class says."""
    tasks = {t.id: t for t in load("suqian-dept").task}
    for n in (2, 6, 46, 47, 48, 49, 50, 64):
        assert tasks[n].observable == "no", tasks[n].text
        assert tasks[n].why


@pytest.mark.parametrize("edition", known())
def test_every_indicator_of_the_shipped_editions_is_explained(tmp_path: Path, edition: str) -> None:
    told = gongkai_at(tmp_path, "editions", "explain", edition, "--year", "2019", "--json")
    assert set(told) == {i.id for i in load(edition).indicator}
    assert all(any(line.startswith("依据") for line in lines) for lines in told.values())


def test_the_schema_for_editors_is_current_and_knows_each_check_s_parameters() -> None:
    assert json.loads((FOLDER / NAME).read_text("utf-8")) == json.loads(json.dumps(schema())), "run `gongkai editions schema`"
    pairs = schema()["$defs"]["matched_pairs.params"]["properties"]
    assert {"with", "measure", "min_pairs"} <= set(pairs)


WRONG = """id = "w"
name = "n"
source = "s"
scheme = "deductions"
[[clause]]
id = "B1"
text = "原文"
[[indicator]]
id = "1.1"
title = "t"
basis = "b"
check = "matched_pairs"
params = { category = "policy_document", whit = "x" }
[[indicator]]
id = "1.2"
title = "t"
basis = "b"
check = "document_present"
weigth = 3
"""


def test_every_fault_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_text(WRONG, "utf-8")
    with pytest.raises(ConfigError) as first:
        load(str(path))
    assert "w.toml:19: [[indicator]] 1.2: weigth: unknown key" in str(first.value)
    path.write_text(WRONG.replace("weigth = 3", 'params = { category = "budget" }'), "utf-8")
    load.cache_clear()
    with pytest.raises(ConfigError) as second:
        load(str(path))
    said = str(second.value)
    assert "w.toml:5: [[clause]] B1: no indicator holds it" in said
    assert "w.toml:13: [[indicator]] 1.1: params.whit: unknown key" in said
    assert "params.with: missing" in said
    assert "w.toml:4: points: missing" in said
    assert "w.toml:8: [[indicator]] 1.1: deduct: missing" in said


@pytest.mark.parametrize(("change", "words"), [
    ("weight:99.9=1", "no indicator 99.9"), ("weight:01.1=x", "x is no number"), ("wight:01.1=1", "not a change"), ("per:01.1=1", "deducts nothing"),
    ("kind:01.1=none", "scored, info or bonus"), ("weight:01.1=-1", "must not be negative"), ("drop:01.1=1", "not a change")])
def test_a_wrong_change_is_told(change: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        changed(load("shanghai-2019"), [change])


def test_what_if_on_what_was_crawled(farm_home: Path) -> None:
    at = ("--as-of", "2019-12-31", "--json")
    diff = gongkai(farm_home, "editions", "diff", "shanghai-2019", "--what-if", "weight:03.1=40", *at).json
    assert diff["edition"] == ["~ 03.1 weight: 2.0 → 40.0"]
    scores = {c["site"]: c["score"] for c in diff["sites"]}
    assert scores["linhe"][1] > scores["linhe"][0], "it has the list"
    assert scores["kjj"][1] < scores["kjj"][0], "it has not"
    assert "yunshan" not in scores, "what has everything does not move"
    robust = gongkai(farm_home, "editions", "diff", "shanghai-2019", "--robust", *at).json
    assert all(r["best"] <= r["rank"] <= r["worst"] for r in robust.values())


def test_two_editions_on_one_archive(farm_home: Path, tmp_path: Path) -> None:
    text = (FOLDER / "shanghai-2019.toml").read_text("utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace('due = "06-30"\nadvice = "请在上半年内公布', 'due = "09-30"\nadvice = "请在上半年内公布'), "utf-8")
    assert tomllib.loads(mine.read_text("utf-8")) != tomllib.loads(text)
    diff = gongkai(farm_home, "editions", "diff", "shanghai-2019", str(mine), "--as-of", "2019-12-31", "--json").json
    assert diff["edition"] == ["~ 01.2 due: 06-30 → 09-30"]
    assert {c["site"]: c["verdicts"] for c in diff["sites"]}["linhe"] == ["01.2: partial → pass"], "published 10 August"


def gongkai_at(home: Path, *args: str) -> dict:  # type: ignore[type-arg]
    """The program without a home; its document."""
    import os
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-m", "gongkai", *args], capture_output=True, text=True, check=False, cwd=home,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)

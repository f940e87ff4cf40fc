"""The words of shanghai-2019 are those of its source, and nothing of the source is left out without saying why."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from audit.duty import day
from audit.edition import load
from tests.conftest import SHARED

EDITION = load("shanghai-2019")
LEAST = 8  # characters of a piece of a quote between marks of omission


def plain(text: str) -> str:
    """Without spaces and with one sort of punctuation: the table and the body print them differently."""
    table = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "“": '"', "”": '"'})
    return re.sub(r"\s|。", "", text.translate(table))


@pytest.fixture(scope="module")
def source() -> dict[str, Any]:
    """The table of tasks and the clauses, where they are present."""
    folder: Path = SHARED / "editions"
    if not folder.is_dir():
        pytest.skip("needs ../shared/editions (the words of the source), which is not here")
    clauses = [json.loads(line) for n in (1, 2) for line in (folder / f"clauses-{n}.jsonl").read_text("utf-8").splitlines()]
    return {"tasks": json.loads((folder / "shanghai-2019-tasks.json").read_text("utf-8")), "clauses": clauses}


def test_the_tasks_are_the_table_s_word_for_word(source: dict[str, Any]) -> None:
    ours = {t.id: t for t in EDITION.task}
    assert sorted(ours) == list(range(1, 43))
    for row in source["tasks"]:
        task = ours[row["task"]]
        assert task.text == row["text"], row["task"]
        assert list(task.units) == row["units"], row["task"]
        assert task.deadline_words == row["deadline_words"], row["task"]
        assert task.deadline is not None
        assert EDITION.year is not None
        assert day(task.deadline, EDITION.year).isoformat() == row["deadline"], row["task"]


def test_every_clause_of_the_body_is_there_word_for_word(source: dict[str, Any]) -> None:
    ours = {plain(c.text) for c in EDITION.clause}
    wanted = {plain(c["quote"]): c["id"] for c in source["clauses"] if c["id"].startswith("B")}
    assert not set(wanted) - ours, sorted(wanted[x] for x in set(wanted) - ours)
    assert not ours - set(wanted)


def test_each_indicator_quotes_what_the_source_says(source: dict[str, Any]) -> None:
    """A basis is a piece of the table or of the body; … marks what is left out; a summary says where it stands."""
    said = plain("".join(t["text"] + t["deadline_words"] for t in source["tasks"]) + "".join(
        q for c in source["clauses"] for q in (c["quote"], *c.get("body_quotes", ()))))
    wrong = []
    for item in EDITION.indicator:
        pieces = [p for p in plain(item.basis).split("……") if len(p) >= LEAST]
        if item.basis.startswith("结尾段："):
            continue  # told in our words, with the day of imprint worked out
        wrong += [f"{item.id}: {p}" for p in pieces if p not in said]
    assert not wrong, "\n".join(wrong)


def test_tasks_and_clauses_without_indicators_say_why() -> None:
    held = {i.task for i in EDITION.indicator}
    for task in EDITION.task:
        assert task.id in held or (task.observable == "no" and len(task.why) >= 8), task.id
    for clause in EDITION.clause:
        assert clause.indicators or (clause.observable == "no" and len(clause.why) >= 4), clause.id
        assert clause.observable == "full" or clause.why, clause.id

"""Whose document this is, by the names that bodies are called by in titles."""

from __future__ import annotations

import pytest

from audit.bodies import _ours, organ_at, own_names, shortens
from db.words import Host, Level, Site

NAMES = {"greening": "云山市绿化和市容管理局", "reform": "云山市发展和改革委员会", "market": "云山市市场监督管理局", "school": "云山市清河区教育局",
         "state": "云山市国有资产监督管理委员会", "planning": "云山市规划和自然资源局", "district": "云山市清河区人民政府", "water": "云山市水务局"}


@pytest.mark.parametrize(("text", "whose"), [
    ("市绿化市容局", "greening"), ("绿化市容局", "greening"), ("市发改委", "reform"), ("市市场监管局", "market"), ("区教育局", "school"),
    ("清河区教育局", "school"), ("市国资委", "state"), ("市规划资源局", "planning")])
def test_a_short_form_is_the_body_itself(text: str, whose: str) -> None:
    assert shortens(text, NAMES[whose])


@pytest.mark.parametrize(("text", "whose"), [
    ("市教育局", "school"), ("山口区教育局", "school"), ("市水利局", "water"), ("清河区财政局", "district"), ("市民政局", "district"),
    ("市管理局", "greening"), ("市委", "reform")])
def test_another_body_is_no_short_form(text: str, whose: str) -> None:
    assert not shortens(text, NAMES[whose])


@pytest.mark.parametrize(("text", "name"), [
    ("某事务中心2019年单位预算", "某事务中心"), ("市第一小学2019年度单位预算", "市第一小学"), ("社区文化活动中心管理办法", ""), ("2019年部门预算", "")])
def test_an_institution_is_told_where_its_own_account_follows(text: str, name: str) -> None:
    assert organ_at(text) == name


@pytest.mark.parametrize("text", ["区政府办公室", "区府办", "清河区政府办", "清河区人民政府办公室"])
def test_a_government_s_office_is_the_government(text: str) -> None:
    assert ours(text)


@pytest.mark.parametrize("text", ["市政府办公厅", "山口区政府办公室", "区教育局办公室"])
def test_another_office_is_not(text: str) -> None:
    assert not ours(text)


def ours(text: str) -> bool:
    """As the issuer that a page of the district shows."""
    return _ours(text, own_names(Site("d", NAMES["district"], Level.DISTRICT, (Host("http://d.example"),))))

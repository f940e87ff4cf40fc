"""The first thing that anyone types."""

from __future__ import annotations

import argparse

from gongkai.main import build_parser, verbs


def test_help_is_shown_for_the_program_and_for_every_verb() -> None:
    parser = build_parser()
    whole = parser.format_help()
    assert not [v for v in verbs() if f"    {v} " not in whole]
    below = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    for name, child in below.choices.items():
        assert "%%" not in child.format_help(), name

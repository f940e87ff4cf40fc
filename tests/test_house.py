"""The house's own rules: style, types, arrows, and words that must not be in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("command", [("ruff", "check", "."), ("mypy",), ("lint-imports",)], ids=lambda c: c[0])
def test_the_linters_are_silent(command: tuple[str, ...]) -> None:
    done = subprocess.run([str(Path(sys.executable).parent / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_hold_one_idea_and_stay_short() -> None:
    long = {str(p.relative_to(ROOT)): n for top in ("gongkai", "spiders", "crawler", "audit", "db") for p in (ROOT / top).rglob("*.py")
            if "versions" not in p.parts and (n := len(p.read_text("utf-8").splitlines())) > 300}
    assert not long, f"longer than 300 lines: {long}"


def test_an_audit_needs_no_scrapy() -> None:
    code = "import sys; sys.modules['scrapy'] = None; import audit.run, audit.report.pages, audit.checks; audit.checks.checks()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_code_holds_no_year_of_an_edition_and_no_place() -> None:
    wrong = []
    for path in (ROOT / "audit").rglob("*.py"):
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            code = line.split("#")[0]
            if any(word in code for word in ("上海", "黄浦", "2019-0", "2019-1")) and '"""' not in code and "Example" not in code:
                wrong.append(f"{path.relative_to(ROOT)}:{n}: {line.strip()[:80]}")
    assert not wrong, "\n".join(wrong)

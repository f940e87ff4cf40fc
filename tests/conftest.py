"""Shared fixtures: real material beside the project, the farm after its two nights, the program as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material, where it is present."""
    if not (SHARED / "real").is_dir():
        pytest.skip("needs ../shared/real (real pages), which is not here")
    return SHARED


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON document."""
        return json.loads(self.out)


def gongkai(home: Path, *args: str, timeout: float = 240) -> Ran:
    """The program, run as a user would, from a folder that holds nothing."""
    done = subprocess.run([sys.executable, "-m", "gongkai", "--home", str(home), *args], capture_output=True, text=True,
                          timeout=timeout, check=False, cwd=home, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])})
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def run() -> Callable[..., Ran]:
    """See gongkai."""
    return gongkai


@pytest.fixture(scope="session")
def farm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the whole farm was crawled and probed on both nights. Read only: copy it to change it."""
    from tests.farm.home import write_home
    from tests.farm.province import NIGHTS, province
    from tests.farm.serve import Farm

    home = tmp_path_factory.mktemp("farm")
    with Farm(province(), NIGHTS[0]) as farm:
        for night in NIGHTS:
            farm.set_night(night)
            write_home(home, farm)
            crawled = gongkai(home, "crawl")
            assert crawled.code == 4, crawled.err  # two sites cannot be read, and are named
            probed = gongkai(home, "probe")
            assert probed.code == 0, probed.err
    return home


@pytest.fixture(scope="session")
def assessments(farm_home: Path) -> dict[str, dict[str, Any]]:
    """Edition id -> the document of its assessment on the farm."""
    out = {}
    for edition in ("shanghai-2019", "regulation-2019"):
        done = gongkai(farm_home, "audit", "--edition", edition, "--as-of", "2019-12-31", "--json")
        assert done.code == 0, done.err
        out[edition] = done.json
    return out

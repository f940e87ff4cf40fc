"""Shared fixtures: real material beside the project, the farm after its two nights, the program as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

SHARED = Path(__file__).parents[2] / "shared"

# a law has no deadline: how long an example takes says how busy the machine is
settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")


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


def gongkai(home: Path, *args: str, timeout: float = 900) -> Ran:
    """The program, run as a user would, from a folder that holds nothing."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}  # hundreds of starts: compiled once is enough
    done = subprocess.run([sys.executable, "-m", "gongkai", "--home", str(home), *args], capture_output=True, text=True,
                          timeout=timeout, check=False, cwd=home, env={**env, "PYTHONPATH": str(Path(__file__).parents[1])})
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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server: that of GONGKAI_TEST_POSTGRES, one on loopback, or one started here."""
    server = os.environ.get("GONGKAI_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
    with _started(server) as reached:
        if reached is None:
            pytest.skip("needs PostgreSQL: none on loopback, none could be started (set GONGKAI_TEST_POSTGRES)")
        yield reached


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database there, for one test."""
    import sqlalchemy as sa

    engine = sa.create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    name = f"gongkai_test_{os.getpid()}"
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    try:
        yield sa.make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@contextmanager
def _started(server: str) -> Iterator[str | None]:
    """The server's URL if it answers; else that of a new one in a temporary folder; else None."""
    import shutil
    import tempfile

    import sqlalchemy as sa

    try:
        engine = sa.create_engine(server, connect_args={"connect_timeout": 3})
        with engine.connect():
            pass
        engine.dispose()
        yield server
        return
    except sa.exc.OperationalError:
        pass
    tool = shutil.which("pg_ctl")
    if tool is None or os.geteuid() == 0:  # PostgreSQL refuses to run as root
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        init = subprocess.run([tool, "initdb", "-D", f"{folder}/data", "-o", "-U postgres -A trust"], capture_output=True, check=False)
        options = f"-c listen_addresses= -k {folder}"
        start = subprocess.run([tool, "-D", f"{folder}/data", "-o", options, "-w", "-l", f"{folder}/log", "start"],
                               capture_output=True, check=False) if init.returncode == 0 else init
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}" if start.returncode == 0 else None
        finally:
            subprocess.run([tool, "-D", f"{folder}/data", "-m", "immediate", "stop"], capture_output=True, check=False)

"""From a database URL to an engine whose tables are of this version: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from db.base import to_json
from db.errors import DatabaseError

MIGRATIONS = Path(__file__).parent / "migrations"


def open_db(url: str, *, create: bool = False) -> Engine:
    """Engine on a database of the newest version. A missing one is an error unless ``create``."""
    try:
        parsed = make_url(url)
    except ArgumentError as exc:
        raise DatabaseError(f"{url}: not a database URL; use sqlite:///FILE or postgresql+psycopg://HOST/NAME") from exc
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername.startswith("sqlite") and parsed.database:
        path = Path(parsed.database)
        if not path.exists() and not create:
            raise DatabaseError(f"{path}: no database here; run `gongkai crawl` or `gongkai ingest` first")
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        engine = create_engine(parsed, json_serializer=to_json)
        if parsed.drivername.startswith("sqlite"):
            _tune_sqlite(engine)
        _migrate(engine, url)
    except OperationalError as exc:
        raise DatabaseError(f"{url}: {_short(exc)}; is it there, free and yours to write?") from exc
    except (ImportError, DBAPIError) as exc:
        raise DatabaseError(f"{url}: {exc}; see the README, Databases") from exc
    return engine


def _short(exc: DBAPIError) -> str:
    return str(exc.orig).strip().splitlines()[0]


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _(connection, record) -> None:  # type: ignore[no-untyped-def]
        cursor = connection.cursor()
        # WAL lets readers look on while a crawl writes; NORMAL is enough since the archive is the truth.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def alembic_config() -> Config:
    """Alembic's configuration without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _migrate(engine: Engine, url: str) -> None:
    config = alembic_config()
    script = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        if at == script.get_current_head():
            return
        if at is not None and at not in {s.revision for s in script.walk_revisions()}:
            raise DatabaseError(f"{url}: made by a newer version ({at}); upgrade gongkai or use another database")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def session_on(engine: Engine) -> Iterator[Session]:
    """A session that commits at the end, or rolls back and names what failed."""
    with Session(engine, expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except OperationalError as exc:
            session.rollback()
            raise DatabaseError(f"{engine.url}: {_short(exc)}; run the same command again") from exc

"""Where everything lies: the home folder with config/ and var/, the database's URL, the file of sites."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from db.errors import ConfigError

MARK = Path("config") / "sites.toml"


@dataclass(frozen=True, slots=True)
class Home:
    """root: holds config/ and var/; db_url: SQLAlchemy URL; sites_file: the rows."""

    root: Path
    db_url: str
    sites_file: Path

    @property
    def var(self) -> Path:
        """Everything the program writes."""
        return self.root / "var"

    @property
    def archive_dir(self) -> Path:
        """The WARC files."""
        return self.var / "archive"


def find_home(home: str | None, db: str | None, sites: str | None) -> Home:
    """The home of this call: option, environment, else the nearest folder upwards that holds config/sites.toml."""
    named = home or os.environ.get("GONGKAI_HOME")
    if named:
        root = Path(named).resolve()
        if not (root / MARK).is_file() and not sites:
            raise ConfigError(f"{root}: no {MARK} here; make one (see README, Sites) or name it with --sites FILE")
    else:
        here = Path.cwd()
        found = next((p for p in (here, *here.parents) if (p / MARK).is_file()), None)
        if found is None:
            raise ConfigError(f"{here}: no {MARK} in this folder or above; go to your home folder or give --home DIR")
        root = found
    url = db or os.environ.get("GONGKAI_DB") or f"sqlite:///{root / 'var' / 'gongkai.db'}"
    return Home(root, url, Path(sites).resolve() if sites else root / MARK)

"""What the spiders of one run share: the database, the archive, the pace, and how the run is broken off."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from crawler.clock import Clock
from crawler.politeness import Pace
from db.archive import Archive, Record
from db.errors import DatabaseError, GongkaiError
from db.facts import SiteFacts
from db.words import PageRef, Question
from spiders.index import Indexed, index
from spiders.plan import Step

PATIENCE = 180.0  # seconds for a database that is gone; every answer is archived before it is needed
HOPELESS = ("full", "readonly", "disk I/O")  # of SQLite: waiting mends none of them
T = TypeVar("T")
Tell = Callable[[str, dict[str, int], Step | None, PageRef | None], None]


@dataclass(slots=True)
class Job:
    """pass_began: per site, since when what was seen is fresh; bugs: pages on which our own code failed, with the traceback."""

    session: Session
    archive: Archive
    clock: Clock
    run: int
    run_sha: str
    began: datetime
    questions: dict[str, tuple[Question, ...]]
    facts: dict[str, SiteFacts]
    budget: int | None = None
    tell: Tell = lambda site, counts, step, ref: None
    pace: Pace = field(default_factory=Pace)
    pass_began: dict[str, datetime] = field(default_factory=dict)
    nights: dict[str, tuple[int, int]] = field(default_factory=dict)  # night n of about m, where a site was not finished
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    stopped: dict[str, str] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    bugs: list[str] = field(default_factory=list)
    fatal: GongkaiError | None = None
    interrupted: bool = False
    patience: float = PATIENCE
    render: bool = True  # draw with a browser what nothing else shows

    @property
    def broken(self) -> str | None:
        """Why the whole run ends before its sites are done, or None."""
        return "interrupted" if self.interrupted or self.fatal is not None else None

    def break_off(self, why: GongkaiError | None) -> None:
        """Ask nothing more; what is on its way is still stored. why: an error, or None for a signal."""
        self.fatal = self.fatal or why
        self.interrupted = self.interrupted or why is None
        self.pace.stopping = True

    def told(self, site: str, counts: dict[str, int], step: Step, ref: PageRef) -> None:
        """A request goes out."""
        self.counts[site] = counts
        self.tell(site, counts, step, ref)

    def done(self, site: str, counts: dict[str, int], stopped: str | None) -> None:
        """A site has ended."""
        self.counts[site] = counts
        self.ended.add(site)
        if stopped:
            self.stopped[site] = stopped
        self.tell(site, counts, None, None)

    def index(self, site: str, record: Record, *, same_as: str | None = None, name: str = "",
              column: tuple[str, ...] = ()) -> Indexed | None:
        """Store what an archived record says; None where the database stays away."""

        def store() -> Indexed:
            done = index(self.session, self.run, site, record, same_as=same_as, name=name, column=column)
            self.session.commit()
            return done

        return self.patiently(store)

    def patiently(self, work: Callable[[], T]) -> T | None:
        """Do something with the database, waiting for one that is gone; None where it stays away, and the run is broken off.

        Waiting blocks the whole crawl: nothing is asked of anybody while nothing can be kept.
        """
        since = time.monotonic()
        while True:
            try:
                return work()
            except DBAPIError as exc:
                if not (isinstance(exc, OperationalError | InterfaceError) or exc.connection_invalidated):
                    raise
                self.session.rollback()
                words = str(exc.orig).strip().splitlines()[0]
                if any(w in words for w in HOPELESS) or self.pace.stopping or time.monotonic() - since > self.patience:
                    self.break_off(DatabaseError(f"{words}; nothing is lost: mend it and run the same command again, "
                                                 "what was archived meanwhile is then read from there"))
                    return None
            time.sleep(1.0)

"""An assessment in several processes: sites are judged apart, each worker with a database session of its own.

The same parts in the same order as in one process, so the same document, byte for byte. Few sites are not worth the start.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from typing import Any

from sqlalchemy.orm import Session

from audit.run import Examined, Order, assembled, examine
from db.queries import site_facts
from db.session import open_db, session_on
from db.words import Site

WORTH = 40  # sites from which further processes pay for their start of about a second
CHUNK = 4  # sites handed to a worker at a time: enough to keep it busy, few enough to keep memory flat

_held: dict[str, Any] = {}  # a worker's own: its order and its session


def _begin(url: str, order: Order) -> None:
    stack = ExitStack()
    _held.update(order=order, session=stack.enter_context(session_on(open_db(url))), stack=stack)


def _one(site: Site) -> Examined:
    session: Session = _held["session"]
    found = examine(site, _held["order"], lambda s, at: site_facts(session, s, at))
    session.expunge_all()
    return found


def assess_stored(url: str, order: Order, progress: Callable[[int], None] = lambda n: None, *,
                  workers: int | None = None) -> dict[str, Any]:
    """The document of an order on a database. workers: None takes one a core where there are many sites."""
    number = workers or (min(os.cpu_count() or 1, len(order.sites) // (WORTH // 2)) if len(order.sites) >= WORTH else 1)
    if number <= 1:
        with session_on(open_db(url)) as session:
            return assembled(order, (examine(s, order, lambda site, at: site_facts(session, site, at)) for s in order.sites), progress)
    with ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=_begin, initargs=(url, order)) as pool:
        return assembled(order, _in_order(pool, order.sites, number), progress)


def _in_order(pool: ProcessPoolExecutor, sites: tuple[Site, ...], number: int) -> Iterator[Examined]:
    """A window of sites at a time, so that results do not pile up behind a slow one."""
    step = number * CHUNK * 4
    for at in range(0, len(sites), step):
        yield from pool.map(_one, sites[at : at + step], chunksize=CHUNK)

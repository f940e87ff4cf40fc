"""The judgements that editions can use; with an id, what it does and which parameters it takes.

  gongkai checks
  gongkai checks published_by
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
from typing import Any

from db.home import Home

NEEDS_HOME = False


NEEDS = {"one": "one page that answers", "latest": "the first page of every fitting column",
         "all": "every page that answers, each fitting column read to its end"}


def reasons(check: Any) -> list[Any]:
    """The reason codes that its code gives, and the checks' common code that it calls, besides those of pages that could not be read."""
    from db.words import Reason

    called = [f for f in vars(check).values() if inspect.isfunction(f) and f.__module__ == "audit.checks._versions"]
    named = [n for part in (check, *called) for n in re.findall(r"Reason\.([A-Z_]+)", inspect.getsource(part))]
    return [Reason[n] for n in dict.fromkeys(named)]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which."""
    parser.add_argument("id", nargs="?", metavar="ID")


def run(args: argparse.Namespace, home: Home | None) -> int:
    """Print the docstrings."""
    from audit.checks import checks
    from audit.wording import REASONS
    from db.errors import GongkaiError

    found = checks()
    if args.id is None:
        if args.json:
            print(json.dumps({k: (c.__doc__ or "").splitlines()[0] for k, c in found.items()}, ensure_ascii=False))
        else:
            for key, check in found.items():
                print(f"{key:18} {(check.__doc__ or '').splitlines()[0]}")
        return 0
    if args.id not in found:
        raise GongkaiError(f"{args.id}: no such check; there are: {', '.join(found)}")
    check = found[args.id]
    print((check.__doc__ or "").strip())
    needs = getattr(check, "NEEDS", None)
    pages = "; ".join(NEEDS[n.value] for n in needs or ()) or "nothing of its own"
    print("\nNeeds: " + (pages if needs is not None else "answers of probes (`gongkai probe`)"))
    print("Reasons: " + ", ".join(f"{r.value}（{REASONS[r]}）" for r in reasons(check)))
    print("\nParameters:")
    for name, info in check.Params.model_fields.items():
        need = "required" if info.is_required() else f"default {info.get_default(call_default_factory=True)!r}"
        print(f"  {name}: {str(info.annotation).replace('typing.', '')}  ({need})")
    return 0

"""All that a finding says of each case, in one file: what changes in words, counts or evidence shows in its diff.

  python tests/audit/golden.py       writes tests/fixtures/golden.json anew: read its diff before it is committed
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from audit.model import Finding

FILE = Path(__file__).parents[1] / "fixtures" / "golden.json"


def told(found: Finding) -> list[Any]:
    """A finding in a line: verdict, words, counts, evidence with its notes, searches."""
    return [f"{found.status.value} {found.reason.value}", found.words, [found.count, found.points, found.problems, found.maybe],
            [[e.url.split(".example")[-1], e.published, e.note, e.excerpt[:40]] for e in found.evidence],
            [[s.question.key, s.state.value, s.reason.value if s.reason else None, s.read] for s in found.searches]]


def every() -> dict[str, list[Any]]:
    """All cases of all checks."""
    from tests.audit.cases import finding
    from tests.audit.test_checks import ALL, read

    out = {}
    for check, name in ALL:
        shared, cases = read(check)
        out[f"{check} {name}"] = told(finding(check, cases[name], shared))
    return out


if __name__ == "__main__":
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in every().items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    print(f"{len(lines)} findings written; read the diff")

"""The matrix of faults as a table, case by case: ``python tests/netns/table.py``. Exit 1 where anything found is not what was expected."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.netns.cases import CASES
from tests.netns.test_matrix import audited, world

NAMES = {"X.1": "AAAA", "X.2": "reach", "X.3": "name servers", "X.4": "same", "X.5": "TLS"}


def main() -> int:
    """Probe once, audit as after two nights, print."""
    with tempfile.TemporaryDirectory() as folder:
        seen = world(Path(folder))
    print("| case | expected | found |\n| --- | --- | --- |")
    wrong = 0
    for case in CASES:
        found = audited(case, seen[case.name])
        facts = [f"{k} {'/'.join(sorted({v['answer'] for v in seen[case.name][k]}))}" for k in case.facts]
        want = [f"{k} {v if isinstance(v, str) else '/'.join(sorted(v))}" for k, v in case.facts.items()]  # type: ignore[call-overload]
        want += [f"{NAMES[k]} {s} ({r})" for k, (s, r) in case.verdicts.items()]
        facts += [f"{NAMES[k]} {found[k][0]} ({found[k][1]})" for k in case.verdicts]
        wrong += want != facts
        print(f"| {case.name} | {'; '.join(want)} | {'the same' if want == facts else '; '.join(facts)} |")
    print(f"\n{len(CASES)} cases, {wrong} wrong", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

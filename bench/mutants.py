"""Mutation of the code that judges: one small change at a time to score, deductions, view and checks; do the tests see it?

A mutant is run in a process of its own, forked from one that has imported everything: the cases of the check with all that their
findings say (tests/fixtures/golden.json), or the test files that hold the module's tests. Words are not mutated: golden.json holds them.

  python bench/mutants.py --take 300        a seeded sample; without it all (hours)
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.util
import json
import os
import random
import signal
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
SECONDS = 240  # of one mutant: what never ends was seen
FLIPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}
MATHS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult}
TESTS = {"audit.score": ["test_score"], "audit.deduct": ["test_score"]}
HEALTH = ("home_current", "columns_current", "columns_empty", "column_present", "replies_in_time", "dates_sane", "pages_distinct",
          "links_alive", "_columns", "_wilson", "links_outside", "site_reachable", "site_marks", "site_domain", "search_works")
IPV6 = ("ipv6_aaaa", "ipv6_links", "ipv6_nameservers", "ipv6_same", "site_tls", "_probes")


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """(line, what, the changed module), one change each, in the order of the source; docstrings, annotations and words are left."""
    nodes = list(ast.walk(tree))
    for n, node in enumerate(nodes):
        for what, change in _changes(node):
            copy = deepcopy(tree)
            change(list(ast.walk(copy))[n])
            yield getattr(node, "lineno", 0), what, copy


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in FLIPS:
        other = FLIPS[type(node.ops[0])]
        yield f"{type(node.ops[0]).__name__} → {other.__name__}", lambda x: x.ops.__setitem__(0, other())
    elif isinstance(node, ast.BoolOp):
        swapped = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} → {swapped.__name__}", lambda x: setattr(x, "op", swapped())
        for i in range(len(node.values)):
            idle = isinstance(node.op, ast.And)
            yield f"without part {i + 1} of {type(node.op).__name__}", lambda x, i=i, idle=idle: x.values.__setitem__(i, ast.Constant(idle))
    elif isinstance(node, ast.BinOp) and type(node.op) in MATHS and not isinstance(node.left, ast.Constant | ast.JoinedStr):
        other_op = MATHS[type(node.op)]
        yield f"{type(node.op).__name__} → {other_op.__name__}", lambda x: setattr(x, "op", other_op())
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value} → {node.value + 1}", lambda x: setattr(x, "value", x.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value} → {not node.value}", lambda x: setattr(x, "value", not x.value)
    elif isinstance(node, ast.If | ast.IfExp):
        yield "the condition holds always", lambda x: setattr(x, "test", ast.Constant(True))
        yield "the condition holds never", lambda x: setattr(x, "test", ast.Constant(False))
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Status":
        other_status = "FAIL" if node.attr != "FAIL" else "PARTIAL"
        yield f"Status.{node.attr} → {other_status}", lambda x: setattr(x, "attr", other_status)


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from changed code."""

    def __init__(self, name: str, code: Any) -> None:
        self.name, self.code = name, code

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Only that one."""
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        exec(self.code, module.__dict__)


def seen(name: str, code: Any) -> bool:
    """Whether the tests notice, judged in this process, which is thrown away."""
    for loaded in [m for m in sys.modules if m.startswith(("audit", "tests"))]:
        del sys.modules[loaded]
    sys.meta_path.insert(0, Changed(name, code))
    short = name.rsplit(".", 1)[-1]
    files = TESTS.get(name) or (["test_health", "test_cases"] if short in HEALTH else ["test_ipv6", "test_cases"] if short in IPV6 else [])
    if not files:
        from tests.audit.cases import finding
        from tests.audit.golden import told
        from tests.audit.test_checks import ALL, GOLDEN, read

        mine = [(c, n) for c, n in ALL if c == short or short.startswith("_") or name == "audit.view"]
        for check, case in mine:
            shared, cases = read(check)
            if json.loads(json.dumps(told(finding(check, cases[case], shared)), ensure_ascii=False)) != GOLDEN[f"{check} {case}"]:
                return True
        files = ["test_cases"]
    import pytest

    return pytest.main(["-x", "-q", "-p", "no:cacheprovider", *(str(ROOT / "tests" / "audit" / f"{f}.py") for f in files)]) != 0


def tried(name: str, code: Any) -> str:
    """seen, survived or endless."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, 1)
            os.dup2(sink, 2)
            signal.alarm(SECONDS)
            try:
                found = seen(name, code)
            except Exception:
                found = True
            os._exit(1 if found else 0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    return "endless" if os.WIFSIGNALED(status) else "seen" if os.WEXITSTATUS(status) else "survived"


def main() -> int:
    """Choose, try, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--take", type=int, help="so many of all, by the seed")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="", help="modules whose name begins so")
    args = parser.parse_args()
    import tests.audit.golden
    from audit.checks import checks

    checks()
    tests.audit.golden.every()  # imports all that the cases need, before anything is forked
    files = [ROOT / "audit" / f for f in ("score.py", "deduct.py", "view.py")] + sorted((ROOT / "audit" / "checks").glob("*.py"))
    every = [(".".join(f.relative_to(ROOT).with_suffix("").parts), f, line, what, tree) for f in files if f.name != "__init__.py"
             for line, what, tree in mutants(ast.parse(f.read_text("utf-8")))]
    every = [x for x in every if x[0].startswith(args.only)]
    chosen = every if args.take is None else random.Random(args.seed).sample(every, min(args.take, len(every)))
    counts = {"seen": 0, "survived": 0, "endless": 0}
    for n, (name, file, line, what, tree) in enumerate(chosen, 1):
        result = tried(name, compile(ast.fix_missing_locations(tree), str(file), "exec"))
        counts[result] += 1
        if result == "survived":
            print(f"survived  {name}:{line}  {what}   {file.read_text('utf-8').splitlines()[line - 1].strip()[:150]}", flush=True)
        print(f"\r{n}/{len(chosen)} {counts}", end="", file=sys.stderr, flush=True)
    print(f"\n{len(every)} mutants, {len(chosen)} tried: {counts['seen']} seen, {counts['endless']} endless, {counts['survived']} survived")
    return 0


if __name__ == "__main__":
    sys.exit(main())

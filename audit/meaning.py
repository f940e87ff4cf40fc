"""Faults of an edition that its form does not show: names that lead nowhere, points that no chapter has."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from audit.checks import checks
from audit.edition import Edition
from db.tomlfile import table_lines, told


def meaning_faults(path: Path, text: str, edition: Edition) -> list[str]:
    """Unknown checks, parameters that a check does not take, ids that are not there or there twice, points of no chapter."""
    out: list[str] = []
    covered = {i.task for i in edition.indicator}
    for task, line in zip(edition.task, table_lines(text, "task"), strict=True):
        if task.id not in covered and (task.observable != "no" or not task.why):
            out.append(f'{path}:{line}: [[task]] {task.id}: has no indicator; say observable = "no" and why, or give it one')
    ids = {i.id for i in edition.indicator}
    for clause, line in zip(edition.clause, table_lines(text, "clause"), strict=True):
        unknown = [x for x in clause.indicators if x not in ids]
        if unknown:
            out.append(f"{path}:{line}: [[clause]] {clause.id}: indicators: no indicator {', '.join(unknown)}")
        if not clause.indicators and (clause.observable == "full" or not clause.why):
            fix = 'name one, or say observable = "no" (or "partial") and why'
            out.append(f"{path}:{line}: [[clause]] {clause.id}: no indicator holds it; {fix}")
    lines = table_lines(text, "indicator")
    out += _scheme_faults(path, text, edition, lines)
    tasks = {t.id for t in edition.task}
    seen: dict[str, int] = {}
    for n, item in enumerate(edition.indicator):
        line, end = lines[n], lines[n + 1] if n + 1 < len(lines) else None
        row = f"[[indicator]] {item.id}: "
        if item.id in seen:
            out.append(f"{path}:{line}: {row}id: also in line {seen[item.id]}; ids must differ")
        seen[item.id] = line
        if item.score_once_with and item.score_once_with not in ids:
            out.append(f"{path}:{line}: {row}score_once_with: no indicator {item.score_once_with}")
        if item.task is not None and item.task not in tasks:
            out.append(f"{path}:{line}: {row}task: no [[task]] {item.task}")
        check = checks().get(item.check)
        if check is None:
            out.append(f"{path}:{line}: {row}check: no check {item.check}; there are: {', '.join(checks())}")
            continue
        try:
            check.Params.model_validate(item.params)
        except ValidationError as exc:
            out += told(path, exc, text, line, row + "params.", end)
    return out


def _scheme_faults(path: Path, text: str, edition: Edition, lines: list[int]) -> list[str]:
    """A scheme of deductions needs points for each chapter and a deduction for each scored indicator; one of weights has neither."""
    out: list[str] = []
    head = next((n for n, line in enumerate(text.splitlines(), 1) if line.startswith(("scheme", "[points]"))), 1)
    if edition.scheme == "weights":
        if edition.points:
            out.append(f'{path}:{head}: points: only a scheme of deductions has them; say scheme = "deductions" or remove them')
        for item, line in zip(edition.indicator, lines, strict=True):
            if item.deduct is not None:
                out.append(f'{path}:{line}: [[indicator]] {item.id}: deduct: only with scheme = "deductions"')
        return out
    if not edition.points:
        out.append(f'{path}:{head}: points: missing; add [points] with the full points of each chapter, e.g. "A" = 40')
    for item, line in zip(edition.indicator, lines, strict=True):
        row = f"{path}:{line}: [[indicator]] {item.id}: "
        if item.kind == "scored" and item.deduct is None:
            out.append(row + "deduct: missing; say what a fault costs, e.g. deduct = { per = 0.2, cap = 1.0 }")
        if item.kind == "bonus":
            out.append(row + "kind: a scheme of deductions has no bonus")
        if item.kind == "scored" and item.chapter not in edition.points:
            out.append(row + f"chapter: [points] has none for {item.chapter or 'no chapter'}")
    return out

"""Facts from one machine to another as JSON lines with digests: one with IPv6 measures for one that has none.

The first line says who measured (vantage, engine, clock); every line carries the sha256 of its own content in one
spelling; the last counts the lines and carries a digest over theirs, so that a cut or changed file is refused whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from db.errors import GongkaiError

SCHEMA = "gongkai/probes/1"


def line(content: dict[str, Any]) -> tuple[str, str]:
    """(the line, its digest)."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return json.dumps({"content": content, "sha256": digest}, ensure_ascii=False, sort_keys=True, separators=(",", ":")), digest


def write(path: Path, head: dict[str, Any], facts: Iterable[dict[str, Any]], captures: Iterable[tuple[str, bytes]]) -> int:
    """Write a file whole or not at all; how many facts."""
    whole = hashlib.sha256()
    count = 0
    part = path.with_suffix(path.suffix + ".part")
    with part.open("w", encoding="utf-8") as out:
        def put(content: dict[str, Any]) -> None:
            text, digest = line(content)
            whole.update(digest.encode())
            out.write(text + "\n")

        put({"schema": SCHEMA, **head})
        for kind, body in captures:
            put({"capture": hashlib.sha256(body).hexdigest(), "type": kind, "body": base64.b64encode(body).decode()})
        for fact in facts:
            put({"fact": fact})
            count += 1
        out.write(line({"end": whole.hexdigest(), "facts": count})[0] + "\n")
    part.rename(path)
    return count


def read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[tuple[str, bytes]]]:
    """(head, facts, captures) of a file whose every digest is right; else a GongkaiError that names the line."""
    if not path.is_file():
        raise GongkaiError(f"{path}: no such file; make one with `gongkai probe --export FILE`")
    head: dict[str, Any] = {}
    facts: list[dict[str, Any]] = []
    captures: list[tuple[str, bytes]] = []
    whole = hashlib.sha256()
    ended = False
    for n, content, digest in _lines(path):
        if ended:
            raise GongkaiError(f"{path}:{n}: a line after the end; export again")
        if n == 1:
            if content.get("schema") != SCHEMA:
                raise GongkaiError(f"{path}:1: not an export of probes ({SCHEMA}); make one with `gongkai probe --export FILE`")
            head = _head(path, content)
        elif "capture" in content:
            body = base64.b64decode(content["body"])
            if hashlib.sha256(body).hexdigest() != content["capture"]:
                raise GongkaiError(f"{path}:{n}: the capture's bytes do not have its digest; export again")
            captures.append((str(content["type"]), body))
        elif "fact" in content:
            facts.append(_checked(path, n, content["fact"]))
        elif "end" in content:
            ended = True
            if content["end"] != whole.hexdigest() or content["facts"] != len(facts):
                raise GongkaiError(f"{path}:{n}: lines are missing or were changed; export again")
            continue
        whole.update(digest.encode())
    if not ended:
        raise GongkaiError(f"{path}: the file ends too early; copy it again")
    return head, facts, captures


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any], str]]:
    with path.open(encoding="utf-8", errors="replace") as f:
        for n, text in enumerate(f, 1):
            try:
                row = json.loads(text)
                content, said = row["content"], row["sha256"]
            except (json.JSONDecodeError, KeyError, TypeError) as exc:
                raise GongkaiError(f"{path}:{n}: not a line of an export; copy the file again") from exc
            digest = line(content)[1] if isinstance(content, dict) else ""
            if digest != said:
                raise GongkaiError(f"{path}:{n}: the digest does not fit the line; it was changed or cut on the way")
            yield n, content, digest


def _head(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    """Who measured, with what, by which clock."""
    try:
        datetime.fromisoformat(content["began_at"])
        if not all(isinstance(content[k], str) for k in ("vantage", "engine", "clock")):
            raise ValueError
    except (KeyError, TypeError, ValueError) as exc:
        raise GongkaiError(f"{path}:1: the head lacks vantage, engine, clock or began_at; export again") from exc
    return content


def _checked(path: Path, n: int, fact: Any) -> dict[str, Any]:
    """A fact with all that is needed."""
    try:
        datetime.fromisoformat(fact["at"])
        if not (isinstance(fact["value"], dict) and isinstance(fact["host"], str) and isinstance(fact["kind"], str)
                and isinstance(fact["vantage"], str) and (fact["site"] is None or isinstance(fact["site"], str))):
            raise ValueError
    except (KeyError, TypeError, ValueError) as exc:
        raise GongkaiError(f"{path}:{n}: a fact lacks site, host, kind, vantage, at or value") from exc
    return dict(fact)

"""Attachments to Documents: each read in a child process under limits of memory, time and output.

One worker lives on between files, so that a file costs its reading and not a start of Python; a file that kills the
worker costs that file its text and nothing else.
"""

from __future__ import annotations

import atexit
import json
import re
import select
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from db.document import Claim, DateClaim, DateRole, Document
from db.words import Kind, Reason
from spiders.read.datetext import find_days
from spiders.read.sniff import sniff
from spiders.read.version import READER

SECONDS = 30  # wall time a file
MAX_FILE = 40 << 20
_lock = threading.Lock()
_worker: subprocess.Popen[bytes] | None = None


def read_attachment(body: bytes, *, url: str, name: str = "", headers: Mapping[str, str] | None = None) -> Document:
    """Text, title and dates of a file; what cannot be read has a reason."""
    shown = name or _file_name(url, headers or {})
    kind = sniff(body)
    base: dict[str, Any] = {"url": url, "kind": Kind.ATTACHMENT, "family": kind, "reader": READER}
    if kind == "html":
        return Document(**base, title=shown, reason=Reason.HTML_INSTEAD)
    if len(body) > MAX_FILE:
        return Document(**base, title=shown, reason=Reason.TOO_LARGE)
    if kind in ("image", "video", "audio"):
        return Document(**base, title=shown, reason=Reason.SCANNED if kind == "image" else None)
    if kind not in ("pdf", "docx", "xlsx", "ole", "ofd", "zip", "text", "xml"):
        return Document(**base, title=shown, reason=Reason.UNREADABLE)
    answer = ask(kind, body)
    text = str(answer.get("text", ""))
    reason = Reason(answer["reason"]) if answer.get("reason") else None
    heading = _heading(text)
    titles = [Claim(t, p, c) for t, p, c in ((shown, "name", 0.7), (heading, "heading", 0.6)) if t]
    title = heading if heading and (not shown or _meaningless(shown)) else shown or heading
    dates = tuple(DateClaim(DateRole.UNKNOWN, v, "text", 0.4) for _, _, v in list(find_days(text[:3000]))[:5])
    return Document(**base, title=title, text=text, titles=tuple(titles), dates=dates, reason=reason)


def _file_name(url: str, headers: Mapping[str, str]) -> str:
    low = {k.lower(): v for k, v in headers.items()}
    if m := re.search(r"filename\*?=(?:utf-8'')?\"?([^\";]+)", low.get("content-disposition", ""), re.I):
        return unquote(m[1]).rsplit(".", 1)[0]
    parts = urlsplit(url)
    if m := re.search(r"(?:filename|name)=([^&]+)", parts.query, re.I):
        return unquote(m[1]).rsplit(".", 1)[0]
    return unquote(parts.path.rsplit("/", 1)[-1]).rsplit(".", 1)[0]


def _meaningless(name: str) -> bool:
    return not re.search(r"[\u4e00-\u9fff]{3}", name) or bool(re.fullmatch(r"(?:附件|下载|点击下载|附表|文件)[\d一二三：:.]*", name))


def _heading(text: str) -> str:
    lines = [x.strip() for x in text[:1500].splitlines() if x.strip()]
    for i, line in enumerate(lines[:8]):
        flat = re.sub(r"\s+", "", line)
        if re.fullmatch(r"附件[\d一二三四五六七八九十]*[：:]?", flat) or not re.search(r"[\u4e00-\u9fff]{3}", flat):
            continue
        if len(flat) < 40 and i + 1 < len(lines) and not re.search(r"[。：:；]$", flat):
            more = re.sub(r"\s+", "", lines[i + 1])
            if len(flat) < 14 and 2 < len(more) < 30 and not re.search(r"[。；]|^[一二三四第目]", more):
                return flat + more
        return flat[:100]
    return ""


def ask(kind: str, body: bytes) -> dict[str, Any]:
    """What the worker makes of a file: {"text", "reason"}; a dead or slow worker is replaced."""
    global _worker
    with _lock:
        if _worker is None or _worker.poll() is not None:
            _worker = subprocess.Popen([sys.executable, "-m", "spiders.read.attachments.worker"],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        worker = _worker
        assert worker.stdin is not None
        assert worker.stdout is not None
        try:
            worker.stdin.write(f"{kind} {len(body)}\n".encode() + body)
            worker.stdin.flush()
            ready, _, _ = select.select([worker.stdout], [], [], SECONDS)
            line = worker.stdout.readline() if ready else b""
            if line:
                answer: dict[str, Any] = json.loads(line)
                return answer
        except (BrokenPipeError, OSError, ValueError):
            pass
        worker.kill()
        worker.wait()
        _worker = None
    return {"text": "", "reason": Reason.UNREADABLE.value}


def _stop() -> None:
    if _worker is not None and _worker.poll() is None:
        _worker.kill()
        _worker.wait()


atexit.register(_stop)

"""The child that reads files: limited in memory and processor time, without a way back but one line of JSON a file."""

from __future__ import annotations

import json
import resource
import sys

from spiders.read.attachments import formats

MEMORY = 1 << 30
PROCESSOR_SECONDS = 20  # a file
MAX_TEXT = 200_000


def main() -> None:
    """Serve files from standard input until it ends: ``kind length`` and a line feed, then the bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while line := sys.stdin.buffer.readline():
        kind, size = line.split()
        body = sys.stdin.buffer.read(int(size))
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + PROCESSOR_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        try:
            text, reason = formats.read(kind.decode(), body)
        except MemoryError:
            text, reason = "", "too_large"
        except Exception:  # whatever a parser raises on hostile bytes: the file is unreadable, the worker goes on
            text, reason = "", "unreadable"
        answer = {"text": text[:MAX_TEXT].replace("\x00", ""), "reason": reason}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

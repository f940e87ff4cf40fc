"""A small server on loopback that keeps what it was asked, when, by whom and how many at once."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable

Reply = tuple[int, dict[str, str], bytes]


class Asked:
    """answer: path to (status, headers, body); log: (when, path) of every request; most: open at one time."""

    def __init__(self, answer: Callable[[str], Reply]) -> None:
        self.log: list[tuple[float, str]] = []
        self.agents: set[str] = set()
        self.open = self.most = 0
        asked = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_GET(self) -> None:
                asked.open += 1
                asked.most = max(asked.most, asked.open)
                asked.log.append((time.monotonic(), self.path))
                asked.agents.add(self.headers.get("User-Agent", ""))
                status, headers, body = answer(self.path)
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                asked.open -= 1

            def log_message(self, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.server_port)

    @property
    def paths(self) -> list[str]:
        """What was asked, in order."""
        return [p for _, p in self.log]

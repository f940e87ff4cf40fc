"""Documents as on Shanghai's city platform: each address answers with an empty shell, its text comes by POST JSON."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.farm.families.base import GONE, Answer, as_json, day
from tests.farm.families.trs import Trs
from tests.farm.model import Column, Entry

SITE = "0099"


class Shelled(Trs):
    """Lists as they are; documents behind an API."""

    def _detail(self, column: Column, entry: Entry) -> str:
        return f"/zhengce/detail?businessId={SITE}{entry.id}&siteId={SITE}"

    def get(self, path: str, query: str) -> Answer:
        """The shell, whatever it is asked for: it tells nothing, not even whether the document is there."""
        if path == "/zhengce/detail" and parse_qs(query).get("businessId"):
            return Answer(200, body=b'<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body><div id="app"></div>'
                          b'<script src="/js/app.js"></script></body></html>')
        return super().get(path, query)

    def post(self, path: str, body: bytes) -> Answer:
        """One document."""
        if path != "/gwk/policy/detail":
            return GONE
        found = self.find(int(json.loads(body)["businessId"].removeprefix(SITE)))
        if found is None:
            return GONE
        _, entry = found
        return as_json({"code": 0, "data": {
            "title": entry.title, "txt": entry.html + self.file_links(entry), "publishDate": f"{day(entry)} 09:49:12" if entry.shown and not entry.bare else None,
            "signDate": entry.signed.isoformat() if entry.signed else None, "siteId": SITE, "relates": [],
            "attrs": {"agency": entry.source or self.site.name}}})

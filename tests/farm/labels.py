"""The farm's pages as labelled pages: ``python tests/farm/labels.py DIR``, then ``gongkai evaluate DIR/labels.jsonl --by site``.

One site is shown in every family, so that only the template differs; the labels come from what was planted.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.farm.families.base import Answer, Web
from tests.farm.province import NIGHTS, province
from tests.farm.serve import FAMILIES

SHOWN = "linhe"
PER_COLUMN = 4  # pages of each column
API = frozenset(("gkmlpt",))  # whose columns have no page of their own
NO_LIST = frozenset(("framed", "drawn", "sidebar"))  # whose column pages only frame their lists, or leave them to a script


def webs() -> Iterator[tuple[str, Web]]:
    """The site in every family, as it stands on the last night."""
    site = next(s for s in province() if s.id == SHOWN)
    for family, web in FAMILIES.items():
        yield family, web(replace(site, id=family, family=family, host=f"{family.replace('_', '-')}.example.gov.cn"), NIGHTS[-1])


def pages(family: str, web: Web) -> Iterator[tuple[dict[str, Any], str, Answer]]:
    """(label, address, answer) of a family's home, columns and documents."""
    def one(path: str, kind: str, title: str, column: list[str], published: str | None = None) -> tuple[dict[str, Any], str, Answer]:
        path = "/" + path.lstrip("/")
        url = f"http://{web.site.host}{path}"
        answer = web.get(*[*path.split("?"), ""][:2])
        assert answer.status == 200, (url, answer.status)
        return ({"url": url, "site": family, "kind": kind, "title": title, "published": published, "column": column,
                 "sha256": hashlib.sha256(answer.body).hexdigest()}, url, answer)

    yield one("/", "home", web.site.name, [])
    for column in web.site.columns:
        path = [column.section, column.name] if column.section else [column.name]
        if family not in API and family not in NO_LIST:
            yield one(web._folder(column), "list", column.name, path)
        for entry in web.standing(column)[:PER_COLUMN]:
            if web.find(entry.id) is not None:
                kind = "shell" if family == "shelled" else "detail"
                yield one(web._detail(column, entry), kind, entry.title, path, entry.shown.isoformat() if entry.shown else None)


def main(folder: Path) -> int:
    """Write labels.jsonl and pages.warc.gz."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with (folder / "pages.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for family, web in webs():
            for row, url, answer in pages(family, web):
                head = StatusAndHeaders(str(answer.status), [("Content-Type", answer.type)], protocol="HTTP/1.1")
                writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(answer.body), http_headers=head))
                rows.append(row)
    (folder / "labels.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    print(f"{len(rows)} pages of {len(FAMILIES)} families in {folder}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))

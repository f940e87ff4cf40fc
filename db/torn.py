"""Where a WARC file stops being whole: a kill or a full disk leaves the last record half written."""

from __future__ import annotations

import zlib
from pathlib import Path

STEP = 1 << 22  # bytes inflated at a time: a record may hold a bomb


def whole_length(path: Path, start: int = 0) -> int:
    """Bytes up to the end of the last whole gzip member. start: where a member begins, before which all is known to be whole."""
    good = position = start
    with path.open("rb") as f:
        f.seek(start)
        inflate = zlib.decompressobj(31)
        while chunk := f.read(1 << 16):
            while chunk:
                try:
                    rest = chunk
                    while rest and not inflate.eof:
                        inflate.decompress(rest, STEP)
                        rest = inflate.unconsumed_tail
                except zlib.error:
                    return good
                if not inflate.eof:
                    position += len(chunk)
                    break
                position += len(chunk) - len(inflate.unused_data)
                good = position
                chunk = inflate.unused_data
                inflate = zlib.decompressobj(31)
    return good

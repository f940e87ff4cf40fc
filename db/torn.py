"""Where a WARC file stops being whole: a kill or a full disk leaves the last record half written."""

from __future__ import annotations

import zlib
from pathlib import Path


def whole_length(path: Path) -> int:
    """Bytes up to the end of the last whole gzip member."""
    good = 0
    with path.open("rb") as f:
        inflate = zlib.decompressobj(31)
        position = 0
        while chunk := f.read(1 << 16):
            while chunk:
                try:
                    inflate.decompress(chunk, 1 << 22)
                    while inflate.unconsumed_tail:
                        inflate.decompress(inflate.unconsumed_tail, 1 << 22)
                except zlib.error:
                    return good
                if not inflate.eof:
                    position += len(chunk)
                    break
                used = len(chunk) - len(inflate.unused_data)
                position += used
                good = position
                chunk = inflate.unused_data
                inflate = zlib.decompressobj(31)
    return good

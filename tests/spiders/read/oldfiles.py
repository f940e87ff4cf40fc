"""Word 97 and Excel 97 files from scratch: the least that their formats ask for (MS-CFB, MS-DOC, MS-XLS), and an OFD."""

from __future__ import annotations

import io
import struct
import zipfile

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file whose streams lie one after the other; each is filled up to where small streams end."""
    padded = {name: data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0") for name, data in streams.items()}
    table, body, at = [FAT, *[END] * -(-(len(padded) + 1) // 4)], b"", {}
    for k in range(1, len(table) - 1):
        table[k] = k + 1
    for name, data in padded.items():
        at[name] = len(table)
        sectors = len(data) // 512
        table += [*range(len(table) + 1, len(table) + sectors), END]
        body += data
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    rows = [_entry("Root Entry", 5, 1, FREE, END, 0)]
    for n, name in enumerate(padded, 1):
        rows.append(_entry(name, 2, FREE, n + 1 if n < len(padded) else FREE, at[name], len(padded[name])))
    directory = b"".join(rows)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    return head + struct.pack("<128I", *table, *[FREE] * (128 - len(table))) + directory + body


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return wide.ljust(64, b"\0") + struct.pack("<HBBIII16xI16xIQ", len(wide), kind, 1, FREE, right, child, 0, start, size)


def doc(text: str, *, encrypted: bool = False) -> bytes:
    """A Word file of one piece of text; a line feed parts paragraphs."""
    said = text.replace("\n", "\r")
    word = bytearray(0x600)
    struct.pack_into("<H", word, 0, 0xA5EC)
    struct.pack_into("<H", word, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    pieces = struct.pack("<II", 0, len(said)) + struct.pack("<HIH", 0, 0x600, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", word, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(word) + said.encode("utf-16-le"), "1Table": clx})


def xls(rows: list[list[str]], sheet: str = "Sheet1") -> bytes:
    """An Excel file of one sheet of texts."""
    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def wide(text: str, size: str) -> bytes:
        return struct.pack(size, len(text)) + b"\x01" + text.encode("utf-16-le")

    name = wide(sheet, "<B")
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    where = len(begin) + 4 + 6 + len(name) + 4
    book = begin + record(0x85, struct.pack("<IH", where, 0) + name) + record(0x0A, b"")
    cells = b"".join(record(0x0204, struct.pack("<HHH", r, c, 0) + wide(v, "<H")) for r, row in enumerate(rows) for c, v in enumerate(row))
    return compound({"Workbook": book + record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + cells + record(0x0A, b"")})


def ofd(pages: list[list[str]]) -> bytes:
    """An OFD whose lines stand one below the other."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("OFD.xml", '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>')
        z.writestr("Doc_0/Document.xml", '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"/>')
        for n, lines in enumerate(pages):
            rows = "".join(f'<ofd:TextObject Boundary="10 {20 + 8 * k} 180 6"><ofd:TextCode X="0" Y="5">{line}</ofd:TextCode></ofd:TextObject>'
                           for k, line in reversed(list(enumerate(lines))))
            z.writestr(f"Doc_0/Pages/Page_{n}/Content.xml", f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>{rows}</ofd:Layer></ofd:Content></ofd:Page>')
    return out.getvalue()

"""Text of each format. Every function gives (text, reason code or None); runs in the worker only."""

from __future__ import annotations

import io
import re
import struct
import zipfile

MAX_MEMBER = 60 << 20
MAX_RATIO = 300  # above it a zip member is a bomb
MAX_PAGES = 400
MAX_ROWS = 20_000
_ENCRYPTED = "encrypted"


def read(kind: str, body: bytes) -> tuple[str, str | None]:
    """Dispatch by sniffed kind."""
    if kind == "pdf":
        return pdf(body)
    if kind == "docx":
        return docx(body)
    if kind == "xlsx":
        return sheets(body)
    if kind == "ofd":
        return ofd(body)
    if kind == "ole":
        return ole(body)
    if kind == "zip":
        return archive(body, 0)
    for codec in ("utf-8", "gb18030"):
        try:
            return body.decode(codec), None
        except UnicodeDecodeError:
            continue
    return "", "unreadable"


def pdf(body: bytes) -> tuple[str, str | None]:
    """Text of a PDF; pages that hold a picture and next to no text are a scan."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as exc:
        return "", _ENCRYPTED if "password" in str(exc).lower() else "unreadable"
    parts, pictures, bare = [], 0, 0
    count = min(len(document), MAX_PAGES)
    for n in range(count):
        page = document[n]
        text = page.get_textpage().get_text_range()
        parts.append(text)
        if len(re.sub(r"\s", "", text)) < 20:
            bare += 1
            pictures += any(o.type == raw.FPDF_PAGEOBJ_IMAGE for o in page.get_objects(max_depth=2))
        page.close()
    whole = "\n".join(parts).replace("\r\n", "\n").replace("\r", "\n")
    if count and bare == count:
        return whole, "scanned" if pictures else "unreadable"
    return whole, None


def _member(z: zipfile.ZipFile, name: str) -> bytes:
    info = z.getinfo(name)
    if info.flag_bits & 1:
        raise PermissionError("encrypted")
    if info.file_size > MAX_MEMBER or info.file_size > MAX_RATIO * max(info.compress_size, 1000):
        raise MemoryError
    return z.read(name)


def docx(body: bytes) -> tuple[str, str | None]:
    """Paragraphs as lines, table rows as lines with tabs."""
    from lxml import etree

    z = zipfile.ZipFile(io.BytesIO(body))
    root = etree.fromstring(_member(z, "word/document.xml"), etree.XMLParser(resolve_entities=False, huge_tree=True))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines: list[str] = []
    rows = 0
    for el in root.iter(f"{w}p", f"{w}tr"):
        if el.tag == f"{w}tr":
            cells = ["".join(t.text or "" for t in c.iter(f"{w}t")) for c in el.iter(f"{w}tc")]
            lines.append("\t".join(cells))
            rows += 1
        elif next(el.iterancestors(f"{w}tc"), None) is None:
            lines.append("".join((t.text or "") if t.tag == f"{w}t" else "\t" for t in el.iter(f"{w}t", f"{w}tab")))
    text = "\n".join(x for x in lines if x.strip())
    if not text and any(n.startswith("word/media/") for n in z.namelist()):
        return "", "scanned"
    return text, None


def sheets(body: bytes) -> tuple[str, str | None]:
    """Every sheet's name, then its rows."""
    from python_calamine import CalamineError, load_workbook

    try:
        book = load_workbook(io.BytesIO(body))
    except CalamineError as exc:
        return "", _ENCRYPTED if "password" in str(exc).lower() or "encrypt" in str(exc).lower() else "unreadable"
    out, count = [], 0
    for name in book.sheet_names:
        out.append(name)
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=True):
            line = "\t".join(_cell(c) for c in row).rstrip("\t")
            if line.strip():
                out.append(line)
                count += 1
            if count > MAX_ROWS:
                return "\n".join(out), None
    return "\n".join(out), None


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\n", " ").replace("\t", " ")


def ofd(body: bytes) -> tuple[str, str | None]:
    """The text codes of an OFD's pages, in the order of its pages."""
    from lxml import etree

    z = zipfile.ZipFile(io.BytesIO(body))
    names = [n for n in z.namelist() if re.search(r"Pages?/.*Content\.xml$", n, re.I)]
    names.sort(key=lambda n: [int(x) for x in re.findall(r"\d+", n)])
    lines = []
    for name in names[:MAX_PAGES]:
        root = etree.fromstring(_member(z, name), etree.XMLParser(resolve_entities=False))
        rows: dict[float, list[tuple[float, str]]] = {}
        for el in root.iter("{*}TextObject"):
            box = [float(x) for x in (el.get("Boundary") or "0 0 0 0").split()]
            text = "".join(t.text or "" for t in el.iter("{*}TextCode"))
            rows.setdefault(round(box[1], 0), []).append((box[0], text))
        lines += ["".join(t for _, t in sorted(row)) for _, row in sorted(rows.items())]
    text = "\n".join(x for x in lines if x.strip())
    return (text, None) if text else ("", "scanned" if any("Res" in n for n in z.namelist()) else "unreadable")


def ole(body: bytes) -> tuple[str, str | None]:
    """Word 97-2003 (and old WPS) by its piece table; old Excel by its workbook stream."""
    import olefile

    o = olefile.OleFileIO(io.BytesIO(body))
    if o.exists("Workbook") or o.exists("Book"):
        return sheets(body)
    if o.exists("EncryptedPackage"):
        return "", _ENCRYPTED
    if not o.exists("WordDocument"):
        return "", "unreadable"
    word = o.openstream("WordDocument").read()
    flags = struct.unpack_from("<H", word, 0x0A)[0]
    if flags & 0x0100:
        return "", _ENCRYPTED
    table = o.openstream("1Table" if flags & 0x0200 else "0Table").read()
    at, size = struct.unpack_from("<II", word, 0x01A2)
    clx = table[at : at + size]
    pos = 0
    while pos < len(clx) and clx[pos] == 1:
        pos += 3 + struct.unpack_from("<H", clx, pos + 1)[0]
    if pos >= len(clx) or clx[pos] != 2:
        return "", "unreadable"
    length = struct.unpack_from("<I", clx, pos + 1)[0]
    plc = clx[pos + 5 : pos + 5 + length]
    n = (length - 4) // 12
    starts = struct.unpack_from(f"<{n + 1}I", plc, 0)
    out = []
    for i in range(n):
        fc = struct.unpack_from("<I", plc, 4 * (n + 1) + 8 * i + 2)[0]
        chars = starts[i + 1] - starts[i]
        if fc & 0x40000000:
            begin = (fc & 0x3FFFFFFF) // 2
            out.append(word[begin : begin + chars].decode("cp1252", "replace"))
        else:
            out.append(word[fc : fc + 2 * chars].decode("utf-16-le", "replace"))
    text = "".join(out)
    text = re.sub(r"\x13[^\x14\x15]*\x14?", "", text).replace("\x15", "")
    text = text.replace("\r", "\n").replace("\x07", "\t").replace("\x0b", "\n").replace("\x0c", "\n")
    return re.sub(r"[\x00-\x08\x0e-\x1f]", "", text), None


def archive(body: bytes, depth: int) -> tuple[str, str | None]:
    """Names of the members, then the text of the first few that can be read; GBK names as they were meant."""
    from spiders.read.sniff import sniff

    z = zipfile.ZipFile(io.BytesIO(body), metadata_encoding="gb18030")
    names = z.namelist()[:500]
    out = list(names)
    if any(i.flag_bits & 1 for i in z.infolist()[:50]):
        return "\n".join(out), _ENCRYPTED
    if depth >= 1:
        return "\n".join(out), None
    for name in names[:20]:
        if name.endswith("/"):
            continue
        data = _member(z, name)
        kind = sniff(data)
        if kind in ("pdf", "docx", "xlsx", "ole", "ofd"):
            try:
                out.append(read(kind, data)[0])
            except (ValueError, KeyError, OSError, zipfile.BadZipFile, struct.error):
                continue
    return "\n".join(out), None

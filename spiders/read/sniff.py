"""What bytes are, by their first bytes and never by their name: an attachment may be an HTML error page."""

from __future__ import annotations

import io
import re
import zipfile

_HTML = re.compile(rb"<\s*(?:!doctype|html|head|body|script|meta|title|div|table|a |p>|br|frameset|iframe|font|center|style|span|ul|!--)", re.I)
_OOXML = (("docx", "word/"), ("xlsx", "xl/"), ("pptx", "ppt/"), ("ofd", "OFD.xml"))
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF")


def sniff(body: bytes, content_type: str = "") -> str:
    """One of html, json, xml, text, empty, pdf, docx, xlsx, pptx, ofd, zip, ole, rar, gzip, image, video, audio, unknown."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16, by its mark: judged by what it says
        wide = body[:4096].decode("utf-16", "ignore").encode()
        return "html" if _HTML.search(wide) else "text"
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not head:
        return "empty" if len(body) < 4096 else "unknown"
    if head.startswith(b"%PDF-") or b"%PDF-" in body[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _packed(body)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(b"Rar!"):
        return "rar"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if any(head.startswith(m) for m in _IMAGES):
        return "image"
    if body[4:8] == b"ftyp" or head.startswith((b"FLV", b"\x00\x00\x01\xba")):
        return "video"
    if head.startswith((b"ID3", b"OggS")):
        return "audio"
    if head[:1] in b"{[" and (b'"' in head or head[:2] in (b"[]", b"{}")):
        return "json"  # before HTML: an answer may carry pieces of it
    if _HTML.search(head[:2048]):
        return "html"
    if re.match(rb"^[\w$.]{1,80}\s*\(\s*[{\[]", head):
        return "json"
    if head.startswith(b"<?xml") or b"<datastore" in head:
        return "xml"
    if "html" in content_type:
        return "html"
    control = sum(c < 9 or 13 < c < 32 for c in head)
    return "text" if control < 0.02 * len(head) else "unknown"


def _packed(body: bytes) -> str:
    """A document by the names of its own members: an archive may hold documents, stored as they are."""
    try:
        names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = [body[30 : 30 + int.from_bytes(body[26:28], "little")].decode("utf-8", "replace")]  # cut short: the first member's
    return next((kind for kind, start in _OOXML if any(n.startswith(start) for n in names)), "zip")

"""What bytes are, by their first bytes and never by their name: an attachment may be an HTML error page."""

from __future__ import annotations

import re

_HTML = re.compile(rb"<\s*(?:!doctype|html|head|body|script|meta|title|div|table|a |p>|br|frameset|iframe|font|center|style|span|ul|!--)", re.I)
_OOXML = (("docx", b"word/"), ("xlsx", b"xl/"), ("pptx", b"ppt/"), ("ofd", b"OFD.xml"))
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
        tail = body[-65536:]
        for name, mark in _OOXML:
            if mark in body[:65536] or mark in tail:
                return name
        return "zip"
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

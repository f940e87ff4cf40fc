"""Attachments that are the disclosure: PDF, scan PDF, XLSX, DOCX made here, byte for byte the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@lru_cache(maxsize=256)
def pdf(lines: tuple[str, ...]) -> bytes:
    """A PDF with a text layer."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    y = 790
    canvas.setFont("STSong-Light", 12)
    for line in lines:
        if y < 60:
            canvas.showPage()
            canvas.setFont("STSong-Light", 12)
            y = 790
        canvas.drawString(60, y, line)
        y -= 22
    canvas.save()
    return out.getvalue()


@lru_cache(maxsize=8)
def scan() -> bytes:
    """A PDF whose page is a picture: grey bars where lines of text would be, no text layer."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = Image.new("L", (620, 877), 250)
    draw = ImageDraw.Draw(picture)
    for y in range(80, 800, 26):
        draw.rectangle((60, y, 560 - (y * 7) % 90, y + 9), fill=90)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2019, 3, 1)})
    sheet = book.add_worksheet("清单")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            sheet.write(y, x, value)
    book.close()
    return out.getvalue()


def docx(lines: Sequence[str]) -> bytes:
    """A text document."""
    from docx import Document

    document = Document()
    document.core_properties.created = document.core_properties.modified = datetime(2019, 3, 1)
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return _without_times(out.getvalue())


def _without_times(body: bytes) -> bytes:
    """The same archive with every member's time fixed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, (2019, 3, 1, 0, 0, 0)), old.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()

"""PDF, XLSX and DOCX files with the texts and tables that real disclosures have."""

from __future__ import annotations

import io
from functools import cache

Table = list[list[str]]


@cache
def _font() -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def pdf(lines: list[str]) -> bytes:
    """A text PDF, one line after the other, a title first."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    y = 780
    for n, line in enumerate(lines):
        canvas.setFont(_font(), 16 if n == 0 else 11)
        canvas.drawString(70, y, line)
        y -= 30 if n == 0 else 20
        if y < 60:
            canvas.showPage()
            y = 780
    canvas.save()
    return out.getvalue()


def scan(lines: list[str]) -> bytes:
    """A PDF that holds only a picture, as a scanner makes it."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    image = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(image)
    for n in range(30):
        draw.rectangle((60, 80 + n * 24, 560 - (n * 37) % 200, 90 + n * 24), fill=60)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, 595, 842)
    canvas.save()
    return out.getvalue()


def xlsx(table: Table) -> bytes:
    """One sheet."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("清单")
    for r, row in enumerate(table):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    book.close()
    return out.getvalue()


def docx(lines: list[str], table: Table | None = None) -> bytes:
    """Paragraphs, and a table after them."""
    from docx import Document

    doc = Document()
    for line in lines:
        doc.add_paragraph(line)
    if table:
        grid = doc.add_table(rows=0, cols=len(table[0]))
        for row in table:
            cells = grid.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()

"""Every table in one import, for migrations and dumps."""

from db.audit import AssessmentRow, EvidenceRow, FindingRow, ScoreRow
from db.base import Base
from db.crawl import BlobRow, FetchRow, FrontierRow, HostRow, ProbeRow, RunRow, SearchRow, SiteRow
from db.page import (
    AttachmentRow,
    ColumnRow,
    DateClaimRow,
    ItemRow,
    LabelRow,
    LinkRow,
    PageRow,
    ReadingRow,
    SightingRow,
)
from db.review import ReviewRow

__all__ = [
    "AssessmentRow", "AttachmentRow", "Base", "BlobRow", "ColumnRow", "DateClaimRow", "EvidenceRow", "FetchRow",
    "FindingRow", "FrontierRow", "HostRow", "ItemRow", "LabelRow", "LinkRow", "PageRow", "ProbeRow", "ReadingRow",
    "ReviewRow", "RunRow", "ScoreRow", "SearchRow", "SightingRow", "SiteRow",
]
